import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import type { Pool } from 'pg';
import { feedHead, type JournalRow, readFeed, verify } from '#libs/journal';
import { makePool } from '#libs/platform';
import { type ChainSeed, chainOf, plainSeeds } from '../../../../test/support/chain.js';
import { type FreshDatabase, freshDatabase } from '../../../../test/support/database.js';
import type { ArrivedEvent } from '../message.js';
import { storeBatch } from './store-batch.js';

// A property that runs out of time would go on in the background, into the database of the next test.
jest.setTimeout(300_000);

const OURS = '0b9c4f8e-3d0a-4c6e-9f59-0d4a3c1f7a10';
const THEIRS = '5f1d7a52-9a53-4f0e-8a55-6b9a2f0c2d11';

let database: FreshDatabase;
let pool: Pool;

beforeAll(async () => {
  database = await freshDatabase();
  pool = makePool(database.url);
});

afterAll(async () => {
  await pool.end();
  await database.drop();
});

const arrive = (rows: readonly JournalRow[], journalId = OURS): ArrivedEvent[] =>
  rows.map((row) => ({ kind: 'event', row, journalId }));
const store = (rows: readonly JournalRow[], expectRepeats = false) => storeBatch(pool, arrive(rows), expectRepeats);
const stored = () => readFeed(pool, 'replica', { after: 0, limit: 100_000 });

/** All that stands there, above a gap too. */
async function everything(): Promise<unknown[]> {
  const { rows } = await pool.query<{ row: string }>('select e::text as row from replica.events e order by position');
  return [rows, await feedHead(pool, 'replica')];
}

async function emptyReplica(): Promise<void> {
  await pool.query('truncate replica.events');
  await pool.query('update replica.head set journal_id = null, position = 0, chain_hash = null');
}

describe('a batch in the replica', () => {
  beforeEach(emptyReplica);

  it('makes the replica the journal again, however it is dealt out, repeated and split', async () => {
    const text = fc
      .string({ unit: 'binary', maxLength: 30 })
      .filter((value) => !value.includes('\0') && value.isWellFormed());
    const seed: fc.Arbitrary<ChainSeed> = fc.record(
      {
        actor: text,
        data: text,
        correlationId: text,
        time: fc.constantFrom('2025-08-24T12:00:00.123Z', '0099-01-01T00:00:00.000Z'),
      },
      { requiredKeys: [] },
    );
    const dealt = fc.array(seed, { minLength: 1, maxLength: 25 }).chain((seeds) =>
      fc.record({
        rows: fc.constant(chainOf(OURS, seeds)),
        batches: fc.array(fc.array(fc.nat(seeds.length - 1), { minLength: 1, maxLength: 12 }), { maxLength: 12 }),
        expectRepeats: fc.boolean(),
      }),
    );
    await fc.assert(
      fc.asyncProperty(dealt, async ({ rows, batches, expectRepeats }) => {
        await emptyReplica();
        const picked = batches.map((batch) => batch.map((index) => rows[index]).filter((row) => row !== undefined));
        await Promise.all(picked.slice(0, 4).map((batch) => store(batch, expectRepeats)));
        for (const batch of picked.slice(4)) await store(batch, expectRepeats);
        await store(rows);
        expect(await stored()).toEqual(rows);
        expect(await feedHead(pool, 'replica')).toEqual({
          journalId: OURS,
          position: rows.length,
          chainHash: rows.at(-1)?.chainHash,
        });
      }),
      { numRuns: process.env.FAULTS === '1' ? 500 : 25 },
    );
  });

  it('is as sound as the journal to whoever verifies it', async () => {
    await store(chainOf(OURS, plainSeeds(50)));
    expect(await verify(pool, 'replica')).toMatchObject({ events: 50, findings: [] });
  });

  it('moves the head only over what is complete', async () => {
    const rows = chainOf(OURS, plainSeeds(10));
    expect(await store(rows.slice(3, 10))).toMatchObject({ head: 0, moved: false, last: 10 });
    expect(await store(rows.slice(0, 2))).toMatchObject({ head: 2, moved: true, last: 2 });
    expect(await store(rows.slice(2, 3))).toMatchObject({ head: 10, moved: true });
    expect(await store(rows.slice(2, 5))).toMatchObject({ head: 10, moved: false, repeated: true });
  });

  it('is held back by no number of rows above the gap that it closes', async () => {
    const rows = chainOf(OURS, plainSeeds(45_000));
    for (let from = 1; from < rows.length; from += 9_000) await store(rows.slice(from, from + 9_000));
    expect(await store(rows.slice(0, 1))).toMatchObject({ head: 45_000 });
  });

  it('moves the head however many store what follows it at once', async () => {
    const rows = chainOf(OURS, plainSeeds(200));
    for (let from = 0; from < rows.length; from += 10)
      await Promise.all(rows.slice(from, from + 10).map((row) => store([row], row.position % 2 === 0)));
    expect(await feedHead(pool, 'replica')).toMatchObject({ position: 200 });
  });

  it('comes to the same from many at once', async () => {
    const rows = chainOf(OURS, plainSeeds(400));
    const parts = Array.from({ length: 8 }, (_, part) =>
      rows.filter((_row, index) => index % 5 === part % 5 || index % 8 === part),
    );
    await Promise.all(parts.map((part, index) => store(part, index % 2 === 0)));
    expect(await stored()).toEqual(rows);
    expect(await feedHead(pool, 'replica')).toMatchObject({ position: 400 });
  });
});

describe('a batch that is not the journal’s', () => {
  const rows = chainOf(OURS, plainSeeds(20));
  const forged = (index: number, change: Partial<JournalRow>): JournalRow => ({
    ...(rows[index] as JournalRow),
    ...change,
  });

  beforeEach(async () => {
    await emptyReplica();
    await store(rows.slice(0, 10));
    await store(rows.slice(14, 16));
  });

  const refused = async (
    batch: ArrivedEvent[],
    expectRepeats: boolean,
    code: string,
    position: number,
  ): Promise<void> => {
    const before = await everything();
    await expect(storeBatch(pool, batch, expectRepeats)).rejects.toMatchObject({
      code,
      message: expect.stringContaining(`osition ${position} `),
      mend: expect.stringMatching(/./),
    });
    expect(await everything()).toEqual(before);
  };

  describe.each([false, true])('stops by name and changes nothing, repeats expected: %s', (expectRepeats) => {
    it.each<[string, () => ArrivedEvent[], string, number]>([
      [
        'of another journal, behind the head',
        () => arrive(chainOf(THEIRS, plainSeeds(8)), THEIRS),
        'another-journal',
        1,
      ],
      [
        'of another journal, after the head',
        () => arrive(chainOf(THEIRS, plainSeeds(12)).slice(10), THEIRS),
        'another-journal',
        11,
      ],
      [
        'of two journals',
        () => [...arrive(rows.slice(10, 11)), ...arrive(rows.slice(11, 12), THEIRS)],
        'another-journal',
        12,
      ],
      [
        'with another event behind the head',
        () => arrive([forged(4, { chainHash: 'ab'.repeat(32) }), ...rows.slice(10)]),
        'another-event',
        5,
      ],
      [
        'with another event above a gap',
        () => arrive([forged(14, { chainHash: 'ab'.repeat(32) })]),
        'another-event',
        15,
      ],
      [
        'with two events at one position',
        () => arrive([...rows.slice(10, 12), forged(11, { chainHash: 'ab'.repeat(32) })]),
        'another-event',
        12,
      ],
      [
        'whose chain is broken by a hash',
        () => arrive([forged(10, { chainHash: 'ab'.repeat(32) })]),
        'broken-chain',
        11,
      ],
      [
        'whose chain is broken by a column',
        () => arrive([rows[10], forged(11, { actor: 'somebody else' })] as JournalRow[]),
        'broken-chain',
        12,
      ],
      ['whose data is not what was hashed', () => arrive([forged(10, { data: '{}' })]), 'wrong-data-hash', 11],
      [
        'whose data is not what was hashed, above a gap',
        () => arrive([forged(17, { data: '{}' })]),
        'wrong-data-hash',
        18,
      ],
    ])('%s', async (_what, batch, code, position) => {
      await refused(batch(), expectRepeats, code, position);
    });
  });
});

it('is refused to be changed or taken out', async () => {
  await emptyReplica();
  await store(chainOf(OURS, plainSeeds(2)));
  await expect(pool.query(`update replica.events set actor = 'x' where position = 1`)).rejects.toThrow(
    /append-only: UPDATE/,
  );
  await expect(pool.query('delete from replica.events')).rejects.toThrow(/append-only: DELETE/);
});
