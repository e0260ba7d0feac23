import type { Pool } from 'pg';
import { VIEWS, VIEW_VERSION } from '#libs/chronology';
import { loadConfig, makePool, type Config } from '#libs/platform';
import type { ViewSet, ViewSource } from '#libs/projection';
import { feedOf, findDatabases, type Databases } from '#libs/setup';

/** The databases that a command works on. */
export interface Connection {
  readonly config: Config;
  readonly databases: Databases;
  /** As the producers connect. */
  readonly journal: Pool;
  /** As the projector connects. */
  readonly views: Pool;
  viewSource(): Promise<ViewSource>;
  viewSet(): Promise<ViewSet>;
}

/**
 * Runs a command on the configured databases, or on those of the system that runs on the data folder.
 * @throws TransientError where nothing is configured and nothing runs
 */
export async function withConnection<T>(work: (connection: Connection) => Promise<T>): Promise<T> {
  const config = loadConfig(process.env);
  const databases = await findDatabases(config);
  const journal = makePool(databases.journalUrl, { role: 'litopys_app', name: 'litopys cli', max: 2 });
  const views = makePool(databases.viewsUrl, { name: 'litopys cli', max: 4 });
  const viewSource = async (): Promise<ViewSource> => ({
    pool: views,
    feed: await feedOf(views),
    viewVersion: VIEW_VERSION,
  });
  const viewSet = async (): Promise<ViewSet> => ({
    views: VIEWS,
    viewVersion: VIEW_VERSION,
    feed: await feedOf(views),
    lanes: config.lanes,
  });
  try {
    return await work({ config, databases, journal, views, viewSource, viewSet });
  } finally {
    await Promise.all([journal.end(), views.end()]);
  }
}
