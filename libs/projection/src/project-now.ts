import type { Pool } from 'pg';
import { generationsOf, laneOf, type ViewSet } from './generations.js';
import { BATCH, projectNext } from './loop.js';

/**
 * Projects all that the feed holds by now into every live and former generation of this view version, in the caller's
 * time: for tools and tests that have no loop running.
 * @throws LoopStop as {@link projectNext}; ProgressLost where a loop runs all the same
 */
export async function projectNow(pool: Pool, set: ViewSet, limit = BATCH): Promise<void> {
  const client = await pool.connect();
  try {
    const generations = (await generationsOf(client)).filter(
      (one) => one.viewVersion === set.viewVersion && (one.state === 'live' || one.state === 'former'),
    );
    for (const generation of generations)
      for (let index = 0; index < generation.lanes; index++) {
        const lane = await laneOf(client, set, generation, index);
        while ((await projectNext(client, lane, limit)).events > 0);
      }
  } finally {
    client.release();
  }
}
