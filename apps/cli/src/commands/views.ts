import type { Command } from 'commander';
import { VIEW_VERSION } from '#libs/chronology';
import { TransientError } from '#libs/platform';
import { digestViews, liveGeneration } from '#libs/projection';
import { withConnection } from '../connection.js';
import { write } from '../print.js';
import { positionOf } from './verify.js';

async function printDigest({ at, json }: { readonly at?: number; readonly json?: boolean }): Promise<void> {
  const found = await withConnection(async ({ views }) => {
    const generation = await liveGeneration(views, VIEW_VERSION);
    if (generation === null)
      throw new TransientError(`there are no views of version ${VIEW_VERSION}`, { mend: 'run `litopys rebuild`' });
    return { ...(await digestViews(views, generation, at)), generation };
  });
  write(json ? JSON.stringify(found) : `${found.digest}  position ${found.position}, generation ${found.generation}`);
}

export function addViews(program: Command): void {
  program
    .command('views')
    .description('the views that answers are read from')
    .command('digest')
    .description('one checksum of the live views, equal however they were made')
    .option('--at <position>', 'as they stood at this position', positionOf)
    .option('--json', 'as JSON')
    .action(printDigest);
}
