import type { HealthCheck, HealthReason } from '#libs/platform';
import { liveGeneration } from './generations.js';
import type { ViewSource } from './place.js';
import type { ProjectorStatus } from './projector.js';

/** Whether there are views of this build's version to answer from. */
export const viewsCheck = ({ pool, viewVersion }: ViewSource): HealthCheck => ({
  name: 'views',
  look: async () => {
    if ((await liveGeneration(pool, viewVersion)) !== null) return [];
    return [
      {
        code: 'views-missing',
        detail: `there are no views of version ${viewVersion}, which this build reads`,
        mend: 'run `litopys rebuild`',
      },
    ];
  },
});

/** Trouble with the database passes by itself; only what stands for longer than this is told. */
const TROUBLE_SECONDS = 5;

type Loop = ProjectorStatus['loops'][number];

function reasonOf({ generation, lane, status }: Loop): Omit<HealthReason, 'degraded'> | null {
  const name = `lane ${lane} of generation ${generation}`;
  if (status.state === 'stopped')
    return { code: status.stop.code, detail: `${name} has stopped: ${status.stop.message}`, mend: status.stop.mend };
  if (!status.trouble || status.trouble.seconds < TROUBLE_SECONDS) return null;
  return {
    code: 'projection-troubled',
    detail: `${name} has not projected for ${Math.round(status.trouble.seconds)} s: ${status.trouble.message}`,
    mend: 'see to the database of the views; the loop tries again by itself',
  };
}

/**
 * Whether the loops of the projector in this process go on. A live generation's that does not stands in the way; that of
 * the one before it is only told.
 */
export const projectorCheck = (status: () => ProjectorStatus): HealthCheck => ({
  name: 'projector',
  look: () => {
    const { live, loops } = status();
    const reasons = loops.flatMap((loop) => {
      const reason = reasonOf(loop);
      return reason ? [{ ...reason, degraded: loop.generation !== live }] : [];
    });
    return Promise.resolve(reasons);
  },
});
