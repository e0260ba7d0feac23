import type { Command } from 'commander';
import { ConflictError } from '#libs/platform';
import { rebuild } from '#libs/projection';
import { withConnection } from '../connection.js';
import { write } from '../print.js';
import { showProgress } from '../progress.js';

const CANCELLED = new ConflictError('cancelled: the live views stay as they were', { code: 'cancelled' });

/** Ends the run after its batch; what it leaves, the next one drops. */
function cancelledBySignal(): AbortSignal {
  const controller = new AbortController();
  process.once('SIGINT', () => controller.abort(CANCELLED));
  return controller.signal;
}

async function rebuildViews(): Promise<void> {
  const progress = showProgress('rebuild');
  const signal = cancelledBySignal();
  const generation = await withConnection(async (connection) => {
    try {
      return await rebuild(connection.views, await connection.viewSet(), {
        signal,
        onProgress: ({ position, head }) => progress.to(position, head),
      });
    } finally {
      progress.end();
    }
  });
  write(`generation ${generation} is live`);
}

export function addRebuild(program: Command): void {
  program
    .command('rebuild')
    .description('build the views anew beside the live ones, then switch to them')
    .action(rebuildViews);
}
