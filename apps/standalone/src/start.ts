import { Logger } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Pool } from 'pg';
import { VIEWS, VIEW_VERSION } from '#libs/chronology';
import { feedHead, subscribe } from '#libs/journal';
import { makeHttpAdapter, makeLogger, makePool, TransientError, type Config } from '#libs/platform';
import { produce } from '#libs/producers';
import { connectionsOfProjector, Projector, readAtPlace } from '#libs/projection';
import {
  HISTORY_ACTOR,
  loadHistory,
  migrate,
  openDatabases,
  type Databases,
  type Run,
  type Running,
} from '#libs/setup';
import { serveDocs } from '#libs/published';
import { publicUrlOf } from '#libs/timeline';
import { StandaloneModule, type StandaloneParts } from './standalone.module.js';
import { whatToOpen } from './what-to-open.js';

const PORT = 3000;

function openPools(
  { journalUrl, viewsUrl }: Databases,
  lanes: number,
  running: Running,
): { journal: Pool; views: Pool } {
  const journal = makePool(journalUrl, { role: 'litopys_app', name: 'litopys producers' });
  const views = makePool(viewsUrl, { name: 'litopys views', max: 10 + connectionsOfProjector(lanes) });
  running.started(() => Promise.all([journal.end(), views.end()]));
  return { journal, views };
}

async function makeApp(config: Config, parts: StandaloneParts): Promise<NestFastifyApplication> {
  const app = await NestFactory.create<NestFastifyApplication>(
    StandaloneModule.forRoot(parts),
    await makeHttpAdapter(),
    {
      // At info the framework tells every route: too much for whoever reads what to open next.
      logger: makeLogger(config.logLevel === 'info' ? 'warn' : config.logLevel),
    },
  );
  serveDocs(app, config);
  return app;
}

function makeProjector({ lanes }: Config, views: Pool): Projector {
  const set = { views: VIEWS, viewVersion: VIEW_VERSION, feed: 'journal', lanes } as const;
  const logger = new Logger('Projector');
  return new Projector(views, set, (error) => logger.error(error));
}

/** Builds the views where there are none yet, and keeps them up with the journal. */
async function project(projector: Projector, journal: Pool, running: Running): Promise<void> {
  running.started(() => projector.stop());
  await projector.start({ rebuildMissing: true });
  const wake = subscribe(journal, () => projector.wake());
  running.started(() => wake.close());
}

/** The sourced chronology, at the first start; after that only what has been added to it. */
const loadMissingHistory = (journal: Pool): ReturnType<typeof loadHistory> =>
  loadHistory(journal, (event) => produce(journal, event, { actor: HISTORY_ACTOR, now: new Date().toISOString() }));

/** Waits until the views have all that the journal had when we looked; long catching up is not waited for. */
async function untilProjected({ journal, views }: { journal: Pool; views: Pool }): Promise<number> {
  const { position } = await feedHead(journal, 'journal');
  const source = { pool: views, feed: 'journal', viewVersion: VIEW_VERSION } as const;
  await readAtPlace(source, { minPosition: position }, () => Promise.resolve()).catch((error: unknown) => {
    if (!(error instanceof TransientError)) throw error;
  });
  return position;
}

/**
 * Starts everything in this process, in the order in which one needs the other; answers what to tell whoever started it.
 * @throws ConflictError where another process runs on this database
 */
export async function startStandalone(run: Run): Promise<string> {
  const { config, running } = run;
  const databases = await openDatabases(run, 'npm start');
  await migrate(databases);
  const pools = openPools(databases, config.lanes, running);
  const history = await loadMissingHistory(pools.journal);
  const projector = makeProjector(config, pools.views);
  const port = config.port ?? PORT;
  const app = await makeApp(config, { ...pools, projector, publicUrl: publicUrlOf(config.host, port), config });
  // Ended after the projector, and begun to listen after it too: nobody asks while there are no views.
  running.started(() => app.close());
  await project(projector, pools.journal, running);
  await app.listen(port, config.host);
  const position = await untilProjected(pools);
  return whatToOpen({ url: await app.getUrl(), position, history, seconds: performance.now() / 1000 });
}
