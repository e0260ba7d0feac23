import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Pool } from 'pg';
import { VIEW_VERSION } from '#libs/chronology';
import { append, type AppendRequest } from '#libs/journal';
import { HealthModule, makeHttpAdapter, makePool, ProblemFilter } from '#libs/platform';
import { serveDocs } from '#libs/published';
import { TimelineModule, viewsCheck } from '#libs/timeline';
import { freshDatabase } from './database.js';
import { catchUp, openViews, viewSet } from './projection.js';

/** What every answer has. */
export interface AnswerBody {
  readonly [key: string]: unknown;
  readonly place: {
    readonly position: number;
    readonly final: boolean;
    readonly as_recorded_at: number | string | null;
  };
  readonly cite: { readonly url: string; readonly sha256: string };
}

/** A timeline over a journal of its own, on a port of its own. */
export interface TestTimeline {
  readonly url: string;
  readonly pool: Pool;
  /** A GET of a path. */
  ask(path: string, headers?: Record<string, string>): Promise<Response>;
  /** What a path answers. @throws Error on any status but 200 */
  answer<T = unknown>(path: string): Promise<T & AnswerBody>;
  /** Appends; answers the last position. Projects too, unless told otherwise. */
  add(this: void, requests: readonly AppendRequest[], options?: { readonly project: boolean }): Promise<number>;
  project(): Promise<void>;
  close(): Promise<void>;
}

/** @param options `views` false: no generation is made */
export async function startTimeline(options: { readonly views?: boolean } = {}): Promise<TestTimeline> {
  const database = await freshDatabase();
  const pool = makePool(database.url);
  const set = viewSet('journal');
  if (options.views ?? true) await openViews(pool, set);
  const source = { pool, feed: 'journal', viewVersion: VIEW_VERSION } as const;
  const module = {
    module: class TestModule {},
    imports: [TimelineModule.forRoot({ source }), HealthModule.forRoot([viewsCheck(source)])],
  };
  const app = await NestFactory.create<NestFastifyApplication>(module, await makeHttpAdapter(), { logger: false });
  app.useGlobalFilters(new ProblemFilter());
  serveDocs(app);
  await app.listen(0, '127.0.0.1');
  const url = await app.getUrl();
  const ask = (path: string, headers: Record<string, string> = {}): Promise<Response> => fetch(url + path, { headers });
  return {
    url,
    pool,
    ask,
    answer: async <T>(path: string) => {
      const response = await ask(path);
      const text = await response.text();
      if (response.status !== 200) throw new Error(`${path}: ${response.status} ${text}`);
      return JSON.parse(text) as T & AnswerBody;
    },
    add: async (requests, { project } = { project: true }) => {
      const verdicts = await append(pool, requests);
      const refused = verdicts.find((one) => one.verdict !== 'appended');
      if (refused) throw new Error(`not appended: ${JSON.stringify(refused)}`);
      if (project) await catchUp(pool, set);
      return verdicts.at(-1)?.position ?? 0;
    },
    project: () => catchUp(pool, set),
    close: async () => {
      await app.close();
      await pool.end();
      await database.drop();
    },
  };
}
