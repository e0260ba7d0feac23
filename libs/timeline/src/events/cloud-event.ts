import { canonicalJson } from '#libs/contracts';
import type { JournalRow } from '#libs/journal';

/**
 * A recorded event as a structured-mode CloudEvent, in RFC 8785 form; its data stands in it byte for byte, so that
 * `datahash` holds over it.
 * Source: CloudEvents JSON format 1.0.2, section 3.
 */
export function cloudEventText(row: JournalRow, journalId: string | null): string {
  const attributes = {
    specversion: '1.0',
    id: row.id,
    source: row.source,
    type: row.type,
    subject: row.stream,
    ...(row.time !== null && { time: row.time }),
    datacontenttype: 'application/json',
    dataschema: row.dataschema,
    recordedtime: row.recordedAt,
    sequence: String(row.version),
    position: row.position,
    chainhash: row.chainHash,
    datahash: row.dataHash,
    fingerprint: row.fingerprint,
    ...(journalId !== null && { journal: journalId }),
    partitionkey: row.stream,
    knownsince: row.knownSince,
    knownbasis: row.knownBasis,
    actor: row.actor,
    ...(row.correlationId !== null && { correlationid: row.correlationId }),
    ...(row.causationId !== null && { causationid: row.causationId }),
  };
  const entries = Object.entries(attributes);
  const before = canonicalJson(Object.fromEntries(entries.filter(([name]) => name < 'data')));
  const behind = canonicalJson(Object.fromEntries(entries.filter(([name]) => name > 'data')));
  return `${before.slice(0, -1)},"data":${row.data},${behind.slice(1)}`;
}
