import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { canonicalJson, dataschemaOf, eventType } from '#libs/contracts';
import { dataHashOf } from '#libs/journal';
import { makeHttpAdapter, makePool, sql } from '#libs/platform';
import { ProducerAppModule } from '#libs/producers';
import { type dataNumber, SOURCE } from './events.js';

/**
 * Takes openings of statements over HTTP in a process of its own, and prints its address: the producer's app, or a bare
 * route that inserts the body as one row and commits.
 */
const [what = '', databaseUrl = ''] = process.argv.slice(2);

async function serveProducer(): Promise<string> {
  const module = ProducerAppModule.for(['statements'], { journalUrl: databaseUrl });
  const app = await NestFactory.create<NestFastifyApplication>(module, await makeHttpAdapter(), { logger: false });
  await app.listen(0, '127.0.0.1');
  return app.getUrl();
}

const INSERT = sql(new URL('../main.js', import.meta.url).href, 'raw-insert');
const CONNECTIONS = 32;

async function serveBare(): Promise<string> {
  const pool = makePool(databaseUrl, { max: CONNECTIONS });
  const app = new FastifyAdapter().getInstance<FastifyInstance>();
  app.post<{ Body: ReturnType<typeof dataNumber> }>('/v1/statements', async ({ body, headers }, reply) => {
    const [data, key] = [canonicalJson(body), String(headers['idempotency-key'])];
    const hash = Buffer.from(dataHashOf(data), 'hex');
    const stream = `statement/${body.slug}`;
    const [type, dataschema] = [eventType('statement.issued'), dataschemaOf('statement.issued')];
    const values = [stream, SOURCE, key, hash, type, dataschema, null, body.known_since, 'stated', SOURCE];
    await pool.query({ name: 'raw-insert', text: INSERT, values: [...values, null, null, data] });
    return reply.code(201).send({ event: `${stream}@1`, id: key, stream, version: 1 });
  });
  return app.listen({ port: 0, host: '127.0.0.1' });
}

console.log(await (what === 'bare' ? serveBare() : serveProducer()));
