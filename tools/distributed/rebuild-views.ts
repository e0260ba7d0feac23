import { VIEWS, VIEW_VERSION } from '#libs/chronology';
import { makePool } from '#libs/platform';
import { generationsOf, liveGeneration, rebuild, type ViewSet } from '#libs/projection';

/**
 * Builds the views of this build where there are but those of another version: the projector leaves that to
 * `litopys rebuild`, and until then no app is ready. Where there are none at all, it makes the first itself.
 *
 * @returns whether they were built
 */
export async function rebuildOutdated(viewsUrl: string, lanes: number): Promise<boolean> {
  const pool = makePool(viewsUrl, { name: 'litopys rebuild', max: 4 });
  const set: ViewSet = { views: VIEWS, viewVersion: VIEW_VERSION, feed: 'replica', lanes };
  try {
    const isFirst = (await generationsOf(pool)).every(({ state }) => state === 'building' || state === 'dead');
    if (isFirst || (await liveGeneration(pool, VIEW_VERSION)) !== null) return false;
    console.log(`The views are of another version than ${VIEW_VERSION}: they are built anew, from the replica.`);
    await rebuild(pool, set);
    return true;
  } finally {
    await pool.end();
  }
}
