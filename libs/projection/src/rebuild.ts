import type { Pool, PoolClient } from 'pg';
import { ConflictError, inTransaction, sql } from '#libs/platform';
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
import { laneLock, REBUILD_LOCK, tryLock, unlock } from './lane-lock.js';
import { BATCH, projectNext } from './loop.js';
import { projectBatch, type Lane } from './project-batch.js';

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

async function fill(client: PoolClient, pool: Pool, lanes: readonly Lane[], options: RebuildOptions): Promise<void> {
  for (;;) {
    let behind = false;
    for (const lane of lanes) {
      const batch = await projectNext(client, lane);
      behind ||= batch.events > 0;
      const head = await headPosition(pool, lane.feed);
      options.onProgress?.({ generation: lane.generation, position: batch.position, head });
      options.signal?.throwIfAborted();
    }
    if (!behind) return;
  }
}

async function headPosition(pool: Pool, feed: string): Promise<number> {
  const { rows } = await pool.query<{ position: number }>(`select position from ${feed}.head`);
  return rows[0]?.position ?? 0;
}

interface LockedProgress {
  readonly generation: number;
  readonly lane: number;
  readonly position: number;
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
  const reached = Math.max(0, ...rows.filter((row) => row.generation === live).map((row) => row.position));
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
  await client.query('begin');
  try {
    await switchTo(client, set, next, lanes, live);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
  return next.generation;
}
