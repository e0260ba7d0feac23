import type { HealthCheck } from '#libs/platform';
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

/** Whether the loops of the projector in this process go on; one that stopped by name says why. */
export const projectorCheck = (status: () => ProjectorStatus): HealthCheck => ({
  name: 'projector',
  look: () =>
    Promise.resolve(
      status().loops.flatMap(({ generation, lane, status: loop }) =>
        loop.state === 'stopped'
          ? [
              {
                code: loop.stop.code,
                detail: `lane ${lane} of generation ${generation} has stopped: ${loop.stop.message}`,
                mend: loop.stop.mend,
              },
            ]
          : [],
      ),
    ),
});
