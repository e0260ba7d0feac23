import { type Message, type PartitionMetadata, Partitioners } from 'kafkajs';
import type { JournalRow } from '#libs/journal';
import { toMessage } from '../message.js';
import { BATCH_BYTES } from '../topic.js';
import type { JournalIdAt } from './journal-ids.js';

/** What one send carries: records with their partitions, in journal order, and how far the journal is sent by it. */
export interface Load {
  readonly messages: (Message & { readonly partition: number })[];
  readonly partitions: ReadonlySet<number>;
  /** Position of its last row. */
  readonly upTo: number;
}

/** Kafka's own bytes about a record and each of its headers, at most. Source: record format v2. */
const RECORD_BYTES = 40;
const HEADER_BYTES = 6;

const choosePartition = Partitioners.DefaultPartitioner();

/** Kafka's murmur2 of the key, as Java producers do it, so that any client finds a stream in the same partition. */
export function partitionOf(key: string | Buffer, partitions: number): number {
  return choosePartition({
    topic: '',
    partitionMetadata: metadataOf(partitions),
    message: { key, value: null },
  });
}

/** All that the partitioner looks at, where there is a key, is how many there are. */
function metadataOf(partitions: number): PartitionMetadata[] {
  return Array.from({ length: partitions }, () => ({}) as PartitionMetadata);
}

/**
 * The longest beginning of `rows`, the rows after position `after`, that goes in one send: no partition gets more than a
 * broker takes in one batch. At least one row, however large; the journal's limit on an event is far below a broker's.
 * @throws where a row is missing: what is not read now would never be sent
 */
export function loadNext(
  after: number,
  rows: readonly JournalRow[],
  journalIdAt: JournalIdAt,
  partitions: number,
): Load {
  const messages: Load['messages'] = [];
  const bytes = new Map<number, number>();
  let upTo = after;
  for (const row of rows) {
    if (row.position !== upTo + 1)
      throw new Error(`The journal's position ${upTo + 1} was not read; nothing is sent past it.`);
    const { key, value, headers } = toMessage(row, journalIdAt(row.position));
    const partition = partitionOf(row.stream, partitions);
    const filled = (bytes.get(partition) ?? 0) + sizeOf(key, value, headers);
    if (filled > BATCH_BYTES - 1_000 && messages.length > 0) break;
    bytes.set(partition, filled);
    messages.push({ key, value, headers: { ...headers }, partition });
    upTo += 1;
  }
  return { messages, partitions: new Set(bytes.keys()), upTo };
}

function sizeOf(key: string, value: string, headers: Readonly<Record<string, string>>): number {
  let size = RECORD_BYTES + Buffer.byteLength(key) + Buffer.byteLength(value);
  for (const [name, text] of Object.entries(headers)) size += HEADER_BYTES + name.length + Buffer.byteLength(text);
  return size;
}
