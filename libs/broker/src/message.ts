import { isUtf8 } from 'node:buffer';
import { attributesOf, DATA_CONTENT_TYPE, ForeignEventError, readRow, type JournalRow } from '#libs/journal';

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
    if (error instanceof ForeignEventError) return { kind: 'foreign', reason: error.message };
    throw error;
  }
}

const headerOf = (attribute: string): string => `header ce_${attribute}`;

function readEvent(message: ArrivedMessage): ArrivedEvent {
  const attribute = (name: string): string | null => readHeader(message, `ce_${name}`);
  const { row, journalId } = readRow(attribute, () => readData(message.value), headerOf);
  if (message.key?.toString() !== row.stream) throw new ForeignEventError(`its key is not its subject, ${row.stream}`);
  return { kind: 'event', row, journalId };
}

function readHeader(message: ArrivedMessage, name: string): string | null {
  const value = message.headers?.[name];
  if (value === undefined) return null;
  if (Array.isArray(value)) throw new ForeignEventError(`its header ${name} is given twice`);
  if (typeof value === 'string') return value;
  if (!isUtf8(value)) throw new ForeignEventError(`its header ${name} is not UTF-8`);
  return value.toString();
}

function readData(value: Buffer | null): string {
  if (value === null) throw new ForeignEventError('it has no value');
  if (!isUtf8(value)) throw new ForeignEventError('its value is not UTF-8');
  if (value.includes(0)) throw new ForeignEventError('its value holds U+0000, which no JSON text does');
  return value.toString();
}
