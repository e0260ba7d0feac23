import { isUtf8 } from 'node:buffer';
import { ATTRIBUTE_OF, attributesOf, DATA_CONTENT_TYPE, type JournalRow } from '#libs/journal';

/**
 * A row of the journal as a Kafka record: the CloudEvents Kafka binding in binary mode. Attributes are headers behind
 * `ce_`, the key is the stream (so that one stream stays in one partition, in order), the value is the data text byte
 * for byte, so that hashes made over it hold at the far end.
 * Source: CloudEvents Kafka protocol binding 1.0.2, section 3.2.
 */
export interface EventMessage {
  readonly key: string;
  readonly value: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** What kafkajs hands over; a header that is given twice arrives as an array. */
export interface ArrivedMessage {
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers?: Readonly<Record<string, Buffer | string | (Buffer | string)[] | undefined>>;
}

/** A row as it came over the topic, and the id of the journal whose row it is. */
export interface ArrivedEvent {
  readonly kind: 'event';
  readonly row: JournalRow;
  readonly journalId: string;
}

/** A record that is no event of ours, and by what it shows. */
export interface ForeignRecord {
  readonly kind: 'foreign';
  readonly reason: string;
}

/** What a column is called as a header of the record. */
const HEADER = Object.fromEntries(
  Object.entries(ATTRIBUTE_OF).map(([column, attribute]) => [column, `ce_${attribute}`]),
) as Readonly<Record<keyof typeof ATTRIBUTE_OF, string>>;

/** The Kafka record of a row of the journal that has that id. */
export function toMessage(row: JournalRow, journalId: string): EventMessage {
  const headers: Record<string, string> = { 'content-type': DATA_CONTENT_TYPE };
  for (const [name, value] of Object.entries(attributesOf(row, journalId))) headers[`ce_${name}`] = value;
  return { key: row.stream, value: row.data, headers };
}

/**
 * The row in a record, or why the record is no event of ours. Whatever passes can be stored: a value that Postgres
 * would refuse is foreign, since a batch that the database refuses would be retried for ever. Hashes are only looked
 * at for their form here.
 */
export function fromMessage(message: ArrivedMessage): ArrivedEvent | ForeignRecord {
  try {
    return readEvent(message);
  } catch (error) {
    if (error instanceof Foreign) return { kind: 'foreign', reason: error.message };
    throw error;
  }
}

class Foreign extends Error {}

function readEvent(message: ArrivedMessage): ArrivedEvent {
  const attribute = (name: string): string | null => readHeader(message, name);
  const required = (name: string, form: (value: string) => boolean): string => {
    const value = attribute(name);
    if (value === null) throw new Foreign(`it has no header ${name}`);
    if (!form(value)) throw new Foreign(`its header ${name} is malformed: ${JSON.stringify(value.slice(0, 80))}`);
    return value;
  };
  const optional = (name: string, form: (value: string) => boolean): string | null =>
    attribute(name) === null ? null : required(name, form);

  required('ce_specversion', (value) => value === '1.0');
  const row: JournalRow = {
    position: Number(required(HEADER.position, isPosition)),
    stream: required(HEADER.stream, isStream),
    version: Number(required(HEADER.version, isVersion)),
    source: required(HEADER.source, isText),
    id: required(HEADER.id, isText),
    fingerprint: required(HEADER.fingerprint, isHash),
    type: required(HEADER.type, (value) => value.startsWith('litopys.') && isText(value)),
    dataschema: required(HEADER.dataschema, isText),
    time: optional(HEADER.time, isInstant),
    knownSince: required(HEADER.knownSince, isDay),
    knownBasis: required(HEADER.knownBasis, isText),
    actor: required(HEADER.actor, isText),
    correlationId: optional(HEADER.correlationId, isText),
    causationId: optional(HEADER.causationId, isText),
    recordedAt: required(HEADER.recordedAt, isInstant),
    data: readData(message.value),
    dataHash: required(HEADER.dataHash, isHash),
    chainHash: required(HEADER.chainHash, isHash),
  };
  if (message.key?.toString() !== row.stream) throw new Foreign(`its key is not its subject, ${row.stream}`);
  return { kind: 'event', row, journalId: required('ce_journal', isUuid) };
}

function readHeader(message: ArrivedMessage, name: string): string | null {
  const value = message.headers?.[name];
  if (value === undefined) return null;
  if (Array.isArray(value)) throw new Foreign(`its header ${name} is given twice`);
  if (typeof value === 'string') return value;
  if (!isUtf8(value)) throw new Foreign(`its header ${name} is not UTF-8`);
  return value.toString();
}

function readData(value: Buffer | null): string {
  if (value === null) throw new Foreign('it has no value');
  if (!isUtf8(value)) throw new Foreign('its value is not UTF-8');
  if (value.includes(0)) throw new Foreign('its value holds U+0000, which no JSON text does');
  return value.toString();
}

/** Postgres's text has no U+0000. */
const isText = (value: string): boolean => !value.includes('\0');
/** Indexed, so bounded: an index row of Postgres holds 2,704 bytes. */
const isStream = (value: string): boolean => value.length > 0 && value.length <= 400 && isText(value);
const isHash = (value: string): boolean => /^[0-9a-f]{64}$/.test(value);
const isUuid = (value: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value);
const isPosition = (value: string): boolean => /^[1-9]\d{0,15}$/.test(value) && Number.isSafeInteger(Number(value));
const isVersion = (value: string): boolean => /^[1-9]\d{0,9}$/.test(value) && Number(value) <= 2_147_483_647;

/** Years 1 to 9999, ISO UTC with milliseconds, in the calendar. */
function isInstant(value: string): boolean {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value) || value.startsWith('0000')) return false;
  const milliseconds = Date.parse(value);
  return !Number.isNaN(milliseconds) && new Date(milliseconds).toISOString() === value;
}

const isDay = (value: string): boolean => /^\d{4}-\d\d-\d\d$/.test(value) && isInstant(`${value}T00:00:00.000Z`);
