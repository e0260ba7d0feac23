import { startEmbeddedPostgres } from '#libs/platform';
import { configuredDatabases, type Databases } from './databases.js';
import type { Run } from './run-until-stopped.js';
import { holdSoleRun } from './sole-run.js';

const LOST = 'The embedded PostgreSQL has ended by itself, or somebody has ended it.';

/**
 * The databases of the configuration, or of an embedded PostgreSQL on the data folder (one that a killed process has
 * left there is adopted), with the lock that one running system holds. An embedded server is ours to stop only under
 * that lock; when it ends by itself, the run gives up.
 *
 * @param what the command that runs, as the next one is told
 * @throws ConflictError naming the process that runs already
 */
export async function openDatabases({ config, running, giveUp }: Run, what: string): Promise<Databases> {
  const configured = configuredDatabases(config);
  const embedded = configured ? null : await startEmbeddedPostgres({ dataDir: config.dataDir });
  const databases = configured ?? { journalUrl: embedded?.url ?? '', viewsUrl: embedded?.url ?? '' };
  const lock = await holdSoleRun(databases.journalUrl, what, () => embedded && giveUp(LOST));
  if (embedded) running.started(() => embedded.stop());
  running.started(() => lock.release());
  return databases;
}
