import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import pg from 'pg';
import { listEntries, VIEW_VERSION, type EntryFilter } from '#libs/chronology';
import { makeHttpAdapter, makePool } from '#libs/platform';
import { liveGeneration, watermarkOf, type Place } from '#libs/projection';
import { TimelineModule } from '#libs/timeline';

/**
 * Serves `/v1/entries` in a process of its own, and prints its port: the timeline, or a bare handler that runs the same
 * SQL at the same place and sends the rows as they come.
 */
const [what = '', databaseUrl = ''] = process.argv.slice(2);
const pool = makePool(databaseUrl);

async function serveTimeline(): Promise<string> {
  const source = { pool, feed: 'journal', viewVersion: VIEW_VERSION } as const;
  const module = TimelineModule.forRoot({ source });
  const app = await NestFactory.create<NestFastifyApplication>(module, await makeHttpAdapter(), { logger: false });
  await app.listen(0, '127.0.0.1');
  return app.getUrl();
}

type Query = Partial<Record<'as_known_at' | 'as_recorded_at' | 'occurred_from' | 'party' | 'q', string>>;

const filterOf = ({ occurred_from, party, q }: Query): EntryFilter => ({
  occurredFrom: occurred_from,
  party,
  words: q,
});

async function serveBare(): Promise<string> {
  const generation = (await liveGeneration(pool, VIEW_VERSION)) ?? 1;
  const watermark = await watermarkOf(pool, generation);
  const views = new pg.Pool({ connectionString: databaseUrl, options: `-c search_path=views_${generation}` });
  const app = new FastifyAdapter().getInstance<FastifyInstance>();
  app.get<{ Querystring: Query }>('/v1/entries', async ({ query }) => {
    const position = Number(query.as_recorded_at ?? watermark);
    const place: Place = {
      position,
      knownAt: query.as_known_at ?? null,
      final: true,
      generation,
      lastRecordedDay: null,
    };
    // A pool answers one statement as a connection of its own would.
    return listEntries(views as unknown as pg.PoolClient, place, filterOf(query), { limit: 51 });
  });
  return app.listen({ port: 0, host: '127.0.0.1' });
}

console.log(await (what === 'bare' ? serveBare() : serveTimeline()));
