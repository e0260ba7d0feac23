import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { Pool } from 'pg';
import { VIEW_VERSION } from '#libs/chronology';
import { makePool } from '#libs/platform';
import { liveGeneration } from '#libs/projection';
import { freshDatabase, type FreshDatabase } from '../../test/support/database.js';
import { openViews, viewSet } from '../../test/support/projection.js';
import { rebuildOutdated } from './rebuild-views.js';

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

it('views of an older version are built anew before the apps start', async () => {
  await openViews(pool, { ...viewSet('replica'), viewVersion: VIEW_VERSION - 1 });
  expect(await liveGeneration(pool, VIEW_VERSION)).toBeNull();
  expect(await rebuildOutdated(database.url, 2)).toBe(true);
  expect(await liveGeneration(pool, VIEW_VERSION)).not.toBeNull();
});

it('views of this version, and none at all, are left alone', async () => {
  expect(await rebuildOutdated(database.url, 2)).toBe(false);
  expect(await liveGeneration(pool, VIEW_VERSION)).toBeNull();
  const live = await openViews(pool, viewSet('replica'));
  expect(await rebuildOutdated(database.url, 2)).toBe(false);
  expect(await liveGeneration(pool, VIEW_VERSION)).toBe(live);
});
