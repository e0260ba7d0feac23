import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Pool } from 'pg';
import { Receiver, toMessage } from '#libs/broker';
import { feedHead, readFeed, type JournalRow } from '#libs/journal';
import { makePool } from '#libs/platform';
import { digestViews } from '#libs/projection';
import { appendAll } from './support/append.js';
import { freshDatabase } from './support/database.js';
import { manyStreams } from './support/histories.js';
import { catchUp, openViews, viewSet } from './support/projection.js';

const numRuns = Number(process.env['LAW_RUNS'] ?? 12);
const silent = { log: () => undefined, warn: () => undefined, error: () => undefined };

/** What one delivery does: which rows arrive together, how large the projector's batches are, whether it projects then. */
interface Delivery {
  readonly rows: readonly number[];
  readonly project: number | null;
}

const deliveries = fc.array(
  fc.record({
    rows: fc.array(fc.nat({ max: 99 }), { minLength: 1, maxLength: 6 }),
    project: fc.option(fc.integer({ min: 1, max: 5 })),
  }),
  { maxLength: 20 },
);

interface Side {
  readonly pool: Pool;
  readonly generation: number;
}

/** One-by-one journal order: the digest at every position. */
async function digestsInOrder(side: Side, last: number): Promise<string[]> {
  const digests: string[] = [];
  for (let position = 0; position <= last; position++)
    digests.push((await digestViews(side.pool, side.generation, position)).digest);
  return digests;
}

describe('law Delivery', () => {
  const open: { drop: () => Promise<void> }[] = [];
  let reset: () => Promise<Pool>;

  beforeAll(() => {
    reset = async () => {
      const database = await freshDatabase();
      const pool = makePool(database.url, { max: 4 });
      open.push({
        drop: async () => {
          await pool.end();
          await database.drop();
        },
      });
      return pool;
    };
  });

  afterAll(async () => {
    for (const one of open) await one.drop();
  });

  async function journalSide(events: Parameters<typeof appendAll>[1]): Promise<Side> {
    const pool = await reset();
    const set = viewSet('journal');
    const generation = await openViews(pool, set);
    for (const event of events) {
      await appendAll(pool, [event]);
      await catchUp(pool, set);
    }
    return { pool, generation };
  }

  async function deliver(
    pool: Pool,
    rows: readonly JournalRow[],
    journalId: string,
    plan: readonly Delivery[],
    lanes: number,
  ): Promise<number> {
    const set = viewSet('replica', lanes);
    const generation = await openViews(pool, set);
    const take = async (some: readonly JournalRow[]): Promise<void> => {
      // Each delivery by a receiver of its own: a restart, a rebalance and a zombie are all the same to the table.
      const receiver = new Receiver({ pool, logger: silent });
      const messages = some.map((row) => {
        const { key, value, headers } = toMessage(row, journalId);
        return {
          key: Buffer.from(key),
          value: Buffer.from(value),
          headers,
          offset: String(row.position),
          timestamp: '0',
          attributes: 0,
        };
      });
      await receiver.take({ topic: 'test', partition: 0, messages });
    };
    for (const { rows: picks, project } of plan) {
      await take(picks.map((pick) => rows[pick % rows.length]).filter((row) => row !== undefined));
      if (project !== null) await catchUp(pool, set, project);
    }
    await take([...rows].reverse());
    await catchUp(pool, set);
    return generation;
  }

  it('any order, duplication and batching of deliveries gives the digest of one-by-one journal order at every position', async () => {
    await fc.assert(
      fc.asyncProperty(manyStreams(), deliveries, fc.constantFrom(1, 2), async (events, plan, lanes) => {
        const journal = await journalSide(events);
        const { journalId } = await feedHead(journal.pool, 'journal');
        const rows = await readFeed(journal.pool, 'journal', { after: 0, limit: 1000 });
        const pool = await reset();
        const generation = await deliver(pool, rows, journalId ?? '', plan, lanes);
        const inOrder = await digestsInOrder(journal, rows.length);
        expect(inOrder.at(-1)).not.toBe(inOrder[0]);
        expect(await digestsInOrder({ pool, generation }, rows.length)).toEqual(inOrder);
        for (const one of open.splice(0)) await one.drop();
      }),
      { numRuns, endOnFailure: true },
    );
  }, 600_000);
});
