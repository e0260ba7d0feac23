import { findEmbeddedPostgres, TransientError, type Config } from '#libs/platform';

/** Where the journal stands, and where replica and views do; often the same. */
export interface Databases {
  readonly journalUrl: string;
  readonly viewsUrl: string;
}

const NOTHING_RUNS = 'start it with `npm start`, or name the database of one that runs elsewhere (DATABASE_URL)';

/** The databases that the configuration names; `null` where it leaves both to an embedded one. */
export function configuredDatabases({ journalUrl, viewsUrl }: Config): Databases | null {
  const one = journalUrl ?? viewsUrl;
  return one === undefined ? null : { journalUrl: journalUrl ?? one, viewsUrl: viewsUrl ?? one };
}

/**
 * The databases of the configuration, else the embedded one that a running `npm start` or `npm run start:kafka` has.
 * @throws TransientError where nothing is configured and nothing runs
 */
export async function findDatabases(config: Config): Promise<Databases> {
  const configured = configuredDatabases(config);
  if (configured) return configured;
  const running = await findEmbeddedPostgres(config.dataDir);
  if (running) return { journalUrl: running.url, viewsUrl: running.url };
  throw new TransientError(`nothing runs on the data folder ${config.dataDir}`, {
    code: 'nothing-runs',
    mend: NOTHING_RUNS,
  });
}
