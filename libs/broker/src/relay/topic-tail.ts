import { randomUUID } from 'node:crypto';
import type { Kafka } from 'kafkajs';
import type { Pool, PoolClient } from 'pg';
import { sql } from '#libs/platform';
import { readRange } from '../consume/read-range.js';
import { type ArrivedEvent, fromMessage } from '../message.js';
import { StopError } from '../stop.js';
import { type JournalIdAt, readJournalIds } from './journal-ids.js';

const HASHES_AT = sql(import.meta.url, 'hashes-at');

/**
 * Records at the end of each partition that are compared with the journal: more than one, because the last may be a
 * repeat, or no event of ours; no fewer than one send brings, since that is what a crash repeats.
 */
const TAIL = 1_000n;

/** Compares the end of each partition with the journal, so that a journal restored from an older copy sends nothing. */
export async function checkTopicTail(db: Pool | PoolClient, kafka: Kafka, topic: string): Promise<void> {
  const tail = await readTopicTail(kafka, topic);
  if (tail.length === 0) return;
  const positions = [...new Set(tail.map(({ row }) => row.position))];
  const { rows } = await db.query<{ position: number; chain_hash: string }>(HASHES_AT, [positions]);
  const hashes = new Map(rows.map((row) => [row.position, row.chain_hash]));
  const fault = findDivergence(topic, tail, hashes, await readJournalIds(db));
  if (fault !== null) throw fault;
}

async function readTopicTail(kafka: Kafka, topic: string): Promise<ArrivedEvent[]> {
  const admin = kafka.admin();
  await admin.connect();
  const ends = await admin.fetchTopicOffsets(topic).finally(() => admin.disconnect());
  const ranges = ends.map(({ partition, low, high }) => {
    const to = BigInt(high);
    return { partition, from: to - TAIL > BigInt(low) ? to - TAIL : BigInt(low), to };
  });
  const tail: ArrivedEvent[] = [];
  await readRange(
    { kafka, topic, groupId: `litopys-relay-check-${randomUUID()}`, ranges },
    async (_partition, messages) => {
      for (const message of messages) {
        const arrived = fromMessage(message);
        if (arrived.kind === 'event') tail.push(arrived);
      }
    },
  );
  return tail;
}

/**
 * Where the topic tells otherwise than the journal, or null. `hashes` has the journal's chain hashes at the positions
 * of the tail, none where the journal has no such position.
 */
export function findDivergence(
  topic: string,
  tail: readonly ArrivedEvent[],
  hashes: ReadonlyMap<number, string>,
  journalIdAt: JournalIdAt,
): StopError | null {
  for (const { row, journalId } of tail) {
    const { position } = row;
    const hash = hashes.get(position);
    if (journalId !== journalIdAt(position))
      return new StopError(
        'topic-of-another-journal',
        `At position ${position} the topic ${topic} is of journal ${journalId}, this journal is ${journalIdAt(position)} there.`,
      );
    if (hash === undefined)
      return new StopError(
        'topic-ahead-of-journal',
        `The topic ${topic} knows position ${position}, which the journal lacks.`,
      );
    if (hash !== row.chainHash)
      return new StopError(
        'topic-knows-another-event',
        `At position ${position} the topic ${topic} knows another event.`,
      );
  }
  return null;
}
