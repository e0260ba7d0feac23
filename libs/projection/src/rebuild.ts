import type { Pool, PoolClient } from 'pg';
import { feedHead, type Feed } from '#libs/journal';
import { ConflictError, inTransaction, inTransactionOn, sql } from '#libs/platform';
import {
  createGeneration,
  dropGeneration,
  generationsOf,
  laneOf,
  liveGeneration,
  movePointer,
  setState,
  type Generation,
  type ViewSet,
} from './generations.js';
import { chainHashAt } from './feed-chain.js';
import { laneLock, REBUILD_LOCK, tryLock, unlock } from './lane-lock.js';
import { BATCH, projectNext } from './loop.js';
import { projectBatch, type Lane } from './project-batch.js';
import { schemaOf } from './tables.js';

/** How far a rebuild is. */
export interface RebuildProgress {
  readonly generation: number;
  /** Positions filled, of so many. */
  readonly position: number;
  readonly head: number;
}

export interface RebuildOptions {
  readonly onProgress?: (progress: RebuildProgress) => void;
  /** Aborted, the rebuild ends after its batch and leaves a generation that the next run drops. */
  readonly signal?: AbortSignal;
}

/** Generations that nobody reads: what a killed rebuild left, and the one before the live one. */
async function dropUnread(pool: Pool, viewVersion: number): Promise<void> {
  const live = await liveGeneration(pool, viewVersion);
  for (const { generation, state, viewVersion: version } of await generationsOf(pool))
    if (state === 'building' || state === 'dead' || (version === viewVersion && generation !== live))
      await inTransaction(pool, (client) => dropGeneration(client, generation));
}

/** Fills until less than a batch is missing, which the switch applies: appends that go on are no reason to wait. */
async function fill(client: PoolClient, pool: Pool, lanes: readonly Lane[], options: RebuildOptions): Promise<void> {
  for (;;) {
    let behind = false;
    for (const lane of lanes) {
      const batch = await projectNext(client, lane);
      const head = (await feedHead(pool, lane.feed)).position;
      behind ||= head - batch.position >= BATCH;
      options.onProgress?.({ generation: lane.generation, position: batch.position, head });
      options.signal?.throwIfAborted();
    }
    if (!behind) return;
  }
}

interface LockedProgress {
  readonly generation: number;
  readonly lane: number;
  readonly position: number;
  readonly chainHash: string | null;
}

/**
 * The position that a new generation has to reach so that no reader's falls: that of the live one's furthest lane; 0 where
 * the live one was made of another history, whose positions mean nothing here.
 * @throws ConflictError where the feed has still to arrive there
 */
async function positionToReach(client: PoolClient, feed: Feed, live: readonly LockedProgress[]): Promise<number> {
  const furthest = live.toSorted((a, b) => b.position - a.position)[0];
  if (!furthest || furthest.position === 0) return 0;
  const there = await chainHashAt(client, feed, furthest.position);
  if (there === furthest.chainHash) return furthest.position;
  if (there !== null || feed === 'journal') return 0;
  throw new ConflictError(`the replica ends before position ${furthest.position}, where the live views stand`, {
    code: 'feed-behind-views',
    mend: 'wait until the replica has arrived there, then rebuild',
  });
}

/**
 * The switch: in one transaction both generations' progress is locked, the new one is brought to where the old one
 * stands, and the pointer moves. So no reader's position ever falls.
 */
async function switchTo(
  client: PoolClient,
  set: ViewSet,
  next: Generation,
  lanes: readonly Lane[],
  live: number | null,
): Promise<void> {
  const { rows } = await client.query<LockedProgress>(sql(import.meta.url, 'lock-progress'), [
    [next.generation, live ?? next.generation],
  ]);
  const reached = await positionToReach(
    client,
    set.feed,
    rows.filter((row) => row.generation === live),
  );
  for (const lane of lanes) {
    let position = -1;
    while (position < reached) position = (await projectBatch(client, lane, { limit: BATCH, upTo: reached })).position;
  }
  await movePointer(client, set.viewVersion, next.generation);
  if (live !== null) await setState(client, live, 'former');
  await setState(client, next.generation, 'live');
}

/**
 * Builds the views anew beside the live ones and switches to them; readers see no error and no half state, and live
 * projection goes on meanwhile.
 *
 * @returns the generation that is live now
 * @throws ConflictError while another rebuild runs; LoopStop where an event cannot be projected: the live views stay
 */
export async function rebuild(pool: Pool, set: ViewSet, options: RebuildOptions = {}): Promise<number> {
  const client = await pool.connect();
  try {
    if (!(await tryLock(client, REBUILD_LOCK)))
      throw new ConflictError('a rebuild runs already', { code: 'rebuild-runs', mend: 'wait for it to end' });
    return await rebuildUnderLock(client, pool, set, options);
  } finally {
    await unlock(client, REBUILD_LOCK).catch(() => undefined);
    client.release(true);
  }
}

async function rebuildUnderLock(
  client: PoolClient,
  pool: Pool,
  set: ViewSet,
  options: RebuildOptions,
): Promise<number> {
  await dropUnread(pool, set.viewVersion);
  const live = await liveGeneration(pool, set.viewVersion);
  const next = await inTransaction(pool, (creating) => createGeneration(creating, set));
  const lanes: Lane[] = [];
  for (let lane = 0; lane < set.lanes; lane++) {
    await tryLock(client, laneLock(next.generation, lane));
    lanes.push(await laneOf(client, set, next, lane));
  }
  await fill(client, pool, lanes, options);
  for (const table of lanes[0]?.tables.keys() ?? [])
    await client.query(`analyze ${schemaOf(next.generation)}.${table}`);
  await inTransactionOn(client, (switching) => switchTo(switching, set, next, lanes, live));
  return next.generation;
}
