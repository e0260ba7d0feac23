import 'reflect-metadata';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { EVENT_TYPE_NAMES, eventType, versionsOf } from '#libs/contracts';
import { makeHttpAdapter, ProblemFilter } from '#libs/platform';
import { serveDocs } from './serve-docs.js';

interface Index {
  readonly envelope: string;
  readonly newest: string[];
  readonly types: { readonly type: string; readonly dataschema: string; readonly url: string }[];
  readonly codes: string[];
}

let app: NestFastifyApplication;
let url: string;

beforeAll(async () => {
  const module = { module: class Nothing {} };
  app = await NestFactory.create<NestFastifyApplication>(module, await makeHttpAdapter(), { logger: false });
  app.useGlobalFilters(new ProblemFilter());
  serveDocs(app, { topic: 'a.events', intakeTopic: 'a.intake', rejectedTopic: 'a.rejected' });
  await app.listen(0, '127.0.0.1');
  url = await app.getUrl();
});
afterAll(() => app.close());

const get = async (at: string): Promise<unknown> => (await fetch(url + at)).json();
const published = (file: string): unknown =>
  JSON.parse(readFileSync(path.join(import.meta.dirname, '../../../../events', file), 'utf8'));

describe('/schemas/', () => {
  it('lists every version of every type, each where it is as it is published', async () => {
    const index = (await get('/schemas/')) as Index;
    const all = EVENT_TYPE_NAMES.flatMap((name) => versionsOf(name).map((version) => eventType(name, version)));
    expect(index.types.map(({ type }) => type)).toEqual(all);
    expect(index.newest).toEqual(EVENT_TYPE_NAMES.map((name) => eventType(name)));
    for (const { dataschema, url: at } of index.types) expect(await get(at)).toMatchObject({ $id: dataschema });
    expect(await get('/schemas')).toEqual(index);
  });

  it('has the very files of events/', async () => {
    const { envelope, codes } = (await get('/schemas/')) as Index;
    expect(await get(envelope)).toEqual(published('cloudevent.schema.json'));
    expect(await get('/schemas/pledge.announced/v1.json')).toEqual(published('pledge.announced/v1.schema.json'));
    expect(codes).toContain('/schemas/codes/categories.json');
    expect(await get('/schemas/codes/categories.json')).toEqual(published('codes/categories.json'));
    const { headers } = await fetch(`${url}/schemas/pledge.announced/v1.json?x=1`);
    expect(headers.get('content-type')).toBe('application/schema+json; charset=utf-8');
  });

  it.each(['/schemas/pledge.announced/v9.json', '/schemas/../package.json', '/schemas/constructor'])(
    '%s is a 404 that says where they are listed',
    async (at) => {
      const response = await fetch(url + at);
      expect([response.status, response.headers.get('content-type')]).toEqual([
        404,
        expect.stringMatching(/^application\/problem\+json/),
      ]);
    },
  );
});

it('/asyncapi.json names the topics as this process has them', async () => {
  expect(await get('/asyncapi.json')).toMatchObject({
    asyncapi: '3.0.0',
    channels: { events: { address: 'a.events' }, intake: { address: 'a.intake' }, rejected: { address: 'a.rejected' } },
  });
});
