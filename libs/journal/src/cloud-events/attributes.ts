import type { JournalRow } from '../row.js';

/** The media type of every event's data: its `datacontenttype`. */
export const DATA_CONTENT_TYPE = 'application/json';

/** What each column of a row but its data is called as a CloudEvents attribute. */
export const ATTRIBUTE_OF = {
  position: 'position',
  stream: 'subject',
  version: 'sequence',
  source: 'source',
  id: 'id',
  fingerprint: 'fingerprint',
  type: 'type',
  dataschema: 'dataschema',
  time: 'time',
  knownSince: 'knownsince',
  knownBasis: 'knownbasis',
  actor: 'actor',
  correlationId: 'correlationid',
  causationId: 'causationid',
  recordedAt: 'recordedtime',
  dataHash: 'datahash',
  chainHash: 'chainhash',
} as const satisfies Readonly<Record<Exclude<keyof JournalRow, 'data'>, string>>;

const COLUMNS = Object.entries(ATTRIBUTE_OF) as [keyof typeof ATTRIBUTE_OF, string][];

/**
 * The attributes of a recorded event but `datacontenttype`, which each transport writes in its own place: the one mapping
 * of a row to a CloudEvent, whatever carries it. Every value is text in its canonical form, `position` and `sequence`
 * too: a CloudEvents Integer has 32 bits, and a journal may have more events than that.
 * Source: CloudEvents 1.0.2, Type System.
 *
 * @param journalId id of the journal that the row is of; null leaves `journal` out
 */
export function attributesOf(row: JournalRow, journalId: string | null): Record<string, string> {
  const attributes: Record<string, string> = { specversion: '1.0', partitionkey: row.stream };
  if (journalId !== null) attributes['journal'] = journalId;
  for (const [column, name] of COLUMNS) {
    const value = row[column];
    if (value !== null) attributes[name] = String(value);
  }
  return attributes;
}
