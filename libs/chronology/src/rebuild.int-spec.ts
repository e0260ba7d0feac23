import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Pool } from 'pg';
import type { StreamEvent } from '#libs/contracts';
import { makePool } from '#libs/platform';
import { generationsOf, liveGeneration, Projector, rebuild, watermarkOf } from '#libs/projection';
import { appendAll } from '../../../test/support/append.js';
import { freshDatabase, type FreshDatabase } from '../../../test/support/database.js';
import { eventually } from '../../../test/support/eventually.js';
import { manyStreams } from '../../../test/support/histories.js';
import { catchUp, openViews, viewSet } from '../../../test/support/projection.js';
import { VIEW_VERSION } from './views.js';

const events: StreamEvent[] = fc.sample(manyStreams(12), { numRuns: 1, seed: 4 })[0] ?? [];

describe('a rebuild', () => {
  let database: FreshDatabase;
  let pool: Pool;
  const set = viewSet('journal');

  beforeEach(async () => {
    database = await freshDatabase();
    pool = makePool(database.url);
  });

  afterEach(async () => {
    await pool.end();
    await database.drop();
  });

  const live = async (): Promise<number> => (await liveGeneration(pool, VIEW_VERSION)) ?? 0;

  it('is refused by name while the replica ends before the live views, which stay free to move', async () => {
    await appendAll(pool, events);
    const generation = await openViews(pool, set);
    await expect(rebuild(pool, viewSet('replica'))).rejects.toMatchObject({ code: 'feed-behind-views' });
    expect(await live()).toBe(generation);
    await appendAll(pool, [
      { ...events[0]!, stream: 'statement/one-more', type: 'litopys.statement.issued.v1' } as StreamEvent,
    ]);
    await catchUp(pool, set);
    expect(await watermarkOf(pool, generation)).toBe(events.length + 1);
  });

  it('goes over to the journal that stands, where the live views were made of another history', async () => {
    await appendAll(pool, events);
    await openViews(pool, set);
    await pool.query("update projection.progress set position = position + 5, chain_hash = '\\x00'");
    await rebuild(pool, set);
    expect(await watermarkOf(pool, await live())).toBe(events.length);
  });

  it('ends while appends go on', async () => {
    await openViews(pool, set);
    let appending = true;
    const writer = (async () => {
      for (let turn = 0; appending; turn++)
        await appendAll(pool, [
          { ...events[0]!, stream: `statement/turn-${turn}`, type: 'litopys.statement.issued.v1' } as StreamEvent,
        ]);
    })();
    try {
      expect(await rebuild(pool, set)).toBe(2);
    } finally {
      appending = false;
      await writer;
    }
  });

  it('by two projectors at the first start is made once', async () => {
    const projectors = [new Projector(pool, set), new Projector(pool, set)];
    await Promise.all(projectors.map((one) => one.start({ rebuildMissing: true })));
    await appendAll(pool, events);
    await eventually(
      async () => watermarkOf(pool, await live()),
      (position) => position === events.length,
    );
    expect((await generationsOf(pool)).filter(({ state }) => state === 'live')).toHaveLength(1);
    await Promise.all(projectors.map((one) => one.stop()));
  });
});
