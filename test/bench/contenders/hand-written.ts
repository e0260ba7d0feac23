import { Kafka, logLevel, type KafkaMessage } from 'kafkajs';
import type { Pool } from 'pg';
import { makePool, sql } from '#libs/platform';
import { FETCH, type Contender, type Course } from './contender.js';

interface Data {
  readonly title?: string;
  readonly summary?: string;
  readonly occurred?: string;
  readonly parties?: readonly { readonly id: string; readonly name: string }[];
}

const INSERT = sql(new URL('../main.js', import.meta.url).href, 'floor-insert');
const TABLE = sql(new URL('../main.js', import.meta.url).href, 'floor-table');

/** The row of a message as somebody would write it by hand: one event, one row, nothing checked. */
function rowOf({ value, headers }: KafkaMessage): unknown[] {
  const text = String(value);
  const data = JSON.parse(text) as Data;
  const header = (name: string): string => String(headers?.[`ce_${name}`]);
  const stream = header('subject');
  const knownSince = header('knownsince');
  const day = data.occurred ?? knownSince;
  const parties = data.parties ?? [];
  const search = [data.title, data.summary, ...parties.map(({ name }) => name)].join(' ');
  const kind = stream.slice(0, stream.indexOf('/'));
  return [
    stream,
    Number(header('sequence')),
    Number(header('position')),
    kind,
    header('type'),
    day,
    day,
    knownSince,
    header('recordedtime'),
    parties.map(({ id }) => id).join(' '),
    text,
    search,
  ];
}

async function insert(pool: Pool, messages: readonly KafkaMessage[]): Promise<void> {
  const rows = messages.map(rowOf);
  const columns = Array.from({ length: 12 }, (_, index) => rows.map((row) => row[index]));
  await pool.query(INSERT, columns);
}

async function consume(
  { brokers, topic, groupId, events }: Course,
  pool: Pool,
  partitionsAtOnce: number,
): Promise<number> {
  const kafka = new Kafka({ brokers: [brokers], logLevel: logLevel.NOTHING });
  const consumer = kafka.consumer({ groupId, ...FETCH });
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  let began: number | undefined;
  let taken = 0;
  const milliseconds = await new Promise<number>((resolve, reject) => {
    consumer
      .run({
        autoCommit: false,
        eachBatchAutoResolve: false,
        partitionsConsumedConcurrently: partitionsAtOnce,
        eachBatch: async (payload) => {
          const { batch } = payload;
          began ??= performance.now();
          await insert(pool, batch.messages);
          payload.resolveOffset(batch.lastOffset());
          await payload.commitOffsetsIfNecessary(payload.uncommittedOffsets());
          taken += batch.messages.length;
          if (taken >= events) resolve(performance.now() - began);
        },
      })
      .catch(reject);
  });
  await consumer.disconnect();
  return milliseconds;
}

/** The floor: a hand-written eachBatch into UNNEST, offsets committed. */
export const handWritten =
  (partitionsAtOnce: number): Contender =>
  async (course) => {
    const pool = makePool(course.databaseUrl, { max: partitionsAtOnce });
    await pool.query(TABLE);
    try {
      return await consume(course, pool, partitionsAtOnce);
    } finally {
      await pool.end();
    }
  };
