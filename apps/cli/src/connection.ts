import type { Pool } from 'pg';
import { VIEWS, VIEW_VERSION } from '#libs/chronology';
import { loadConfig, makePool, type Config } from '#libs/platform';
import type { ViewSet, ViewSource } from '#libs/projection';
import { feedOf, findDatabases, Running, type Databases } from '#libs/setup';
import { openEvenStopped } from './stopped-system.js';

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

export interface ConnectOptions {
  /** What the command is called, where it works on the data folder of a system that is stopped as well. */
  readonly evenStopped?: string;
  /** Settings of every session, by name. */
  readonly settings?: Readonly<Record<string, string>>;
}

async function connect({ evenStopped, settings }: ConnectOptions, running: Running): Promise<Connection> {
  const config = loadConfig(process.env);
  const databases = evenStopped ? await openEvenStopped(config, evenStopped, running) : await findDatabases(config);
  const journal = makePool(databases.journalUrl, { role: 'litopys_app', name: 'litopys cli', max: 2, settings });
  const views = makePool(databases.viewsUrl, { name: 'litopys cli', max: 4, settings });
  running.started(() => Promise.all([journal.end(), views.end()]));
  return {
    config,
    databases,
    journal,
    views,
    viewSource: async () => ({ pool: views, feed: await feedOf(views), viewVersion: VIEW_VERSION }),
    viewSet: async () => ({
      views: VIEWS,
      viewVersion: VIEW_VERSION,
      feed: await feedOf(views),
      lanes: config.lanes,
    }),
  };
}

/**
 * Runs a command on the configured databases, or on those of the system that runs on the data folder.
 * @throws TransientError where nothing is configured and nothing runs
 */
export async function withConnection<T>(
  work: (connection: Connection) => Promise<T>,
  options: ConnectOptions = {},
): Promise<T> {
  const running = new Running();
  try {
    return await work(await connect(options, running));
  } finally {
    await running.stop();
  }
}
