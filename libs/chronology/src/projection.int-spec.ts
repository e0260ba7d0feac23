import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Pool } from 'pg';
import type { StreamEvent } from '#libs/contracts';
import { makePool } from '#libs/platform';
import { digestViews, rebuild } from '#libs/projection';
import { appendAll } from '../../../test/support/append.js';
import { freshDatabase, type FreshDatabase } from '../../../test/support/database.js';
import { manyStreams } from '../../../test/support/histories.js';
import { catchUp, openViews, viewSet } from '../../../test/support/projection.js';

describe('projection into tables', () => {
  let database: FreshDatabase;
  let pool: Pool;
  let events: StreamEvent[];
  const set = viewSet('journal');

  beforeAll(async () => {
    database = await freshDatabase();
    pool = makePool(database.url);
    events = fc.sample(manyStreams(12), { numRuns: 1, seed: 20250824 })[0] ?? [];
  });

  afterAll(async () => {
    await pool.end();
    await database.drop();
  });

  it('one event after another and all at once give the same digest at every position', async () => {
    const generation = await openViews(pool, set);
    for (const event of events) {
      await appendAll(pool, [event]);
      await catchUp(pool, set);
    }
    const digests = async (of: number): Promise<string[]> =>
      Promise.all(events.map(async (_, index) => (await digestViews(pool, of, index + 1)).digest));
    const before = await digests(generation);
    expect(new Set(before).size).toBeGreaterThan(events.length / 2);
    const next = await rebuild(pool, set);
    expect(next).toBeGreaterThan(generation);
    expect(await digests(next)).toEqual(before);
  });

  it('writes each open row once', async () => {
    const { rows } = await pool.query<{ n: number }>(
      'select count(*)::int as n from views_2.entries group by stream, version, known_from having count(*) filter (where to_position is null) > 1',
    );
    expect(rows).toEqual([]);
  });
});
