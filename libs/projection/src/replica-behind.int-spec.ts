import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { Pool } from 'pg';
import fc from 'fast-check';
import { makePool } from '#libs/platform';
import { appendAll } from '../../../test/support/append.js';
import { freshDatabase, type FreshDatabase } from '../../../test/support/database.js';
import { manyStreams } from '../../../test/support/histories.js';
import { catchUp, openViews, viewSet } from '../../../test/support/projection.js';
import { digestViews } from './digest.js';
import { rebuild } from './rebuild.js';

let database: FreshDatabase;
let pool: Pool;

beforeEach(async () => {
  database = await freshDatabase();
  pool = makePool(database.url);
});

afterEach(async () => {
  await pool.end();
  await database.drop();
});

async function replicateUpTo(position: number): Promise<void> {
  await pool.query(
    'insert into replica.events select * from journal.events where position <= $1 on conflict do nothing',
    [position],
  );
  await pool.query(
    'update replica.head set (journal_id, position, chain_hash) = (select h.journal_id, e.position, e.chain_hash from journal.head h, journal.events e where e.position = $1)',
    [position],
  );
}

const [events = []] = fc.sample(manyStreams(6), { numRuns: 1, seed: 5 });
const half = Math.floor(events.length / 2);

it('views made of the journal wait for the replica that has not arrived there yet, then go on with it', async () => {
  await appendAll(pool, events.slice(0, half));
  const generation = await openViews(pool, viewSet('journal'));
  await catchUp(pool, viewSet('replica'));
  await replicateUpTo(half - 1);
  await catchUp(pool, viewSet('replica'));
  await appendAll(pool, events.slice(half));
  await replicateUpTo(events.length);
  await catchUp(pool, viewSet('replica'));
  const { digest, position } = await digestViews(pool, generation);
  expect(position).toBe(events.length);
  expect((await digestViews(pool, await rebuild(pool, viewSet('replica')))).digest).toBe(digest);
});

it('stop by name at a replica of another history', async () => {
  await appendAll(pool, events.slice(0, half));
  await openViews(pool, viewSet('journal'));
  await replicateUpTo(half);
  await pool.query('alter table replica.events disable trigger user');
  await pool.query("update replica.events set chain_hash = '\\x00' where position = $1", [half]);
  await expect(catchUp(pool, viewSet('replica'))).rejects.toMatchObject({ code: 'feed-diverged' });
});
