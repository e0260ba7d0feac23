import { hasCluster, TransientError, type Config } from '#libs/platform';
import { findDatabases, openDatabases, type Databases, type Running } from '#libs/setup';

const ENDED_BY_SIGNAL = 130;

/**
 * The databases of the configuration or of the system that runs; where none runs, those of the data folder, whose
 * PostgreSQL then runs for this command alone, and nothing else may start on it meanwhile. So what is too damaged to
 * start with can be looked into all the same.
 * @param what the command, as whoever starts the system meanwhile is told
 * @param running ends what has been started
 */
export async function openEvenStopped(config: Config, what: string, running: Running): Promise<Databases> {
  try {
    return await findDatabases(config);
  } catch (error) {
    if (!(error instanceof TransientError) || !hasCluster(config.dataDir)) throw error;
    // The server outlives us, and nobody else would stop it.
    for (const name of ['SIGINT', 'SIGTERM'] as const)
      process.once(name, () => void running.stop().then(() => process.exit(ENDED_BY_SIGNAL)));
    const giveUp = (why: string): void => void process.stderr.write(`${why}\n`);
    return openDatabases({ config, running, signal: new AbortController().signal, giveUp }, what);
  }
}
