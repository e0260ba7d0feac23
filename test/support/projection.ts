import type { Pool } from 'pg';
import { VIEWS, VIEW_VERSION } from '#libs/chronology';
import type { Feed } from '#libs/journal';
import { liveGeneration, projectNow, rebuild, type ViewSet } from '#libs/projection';

export const viewSet = (feed: Feed, lanes = 1): ViewSet => ({ views: VIEWS, viewVersion: VIEW_VERSION, feed, lanes });

/** Makes the live generation, empty or filled up to the feed's head; answers its number. */
export async function openViews(pool: Pool, set: ViewSet): Promise<number> {
  return (await liveGeneration(pool, set.viewVersion)) ?? (await rebuild(pool, set));
}

/** Projects all that the feed holds, in batches of `limit` events, without a loop of its own. */
export async function catchUp(pool: Pool, set: ViewSet, limit?: number): Promise<void> {
  await projectNow(pool, set, limit);
}
