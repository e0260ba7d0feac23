import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { OpenAPIObject } from '@nestjs/swagger';
import { Validator } from '@seriousme/openapi-schema-validator';
import { makePool } from '#libs/platform';
import { describeApi, docsPage } from '#libs/published';
import { TimelineModule } from '../timeline.module.js';

interface Described {
  readonly paths: Record<string, { get: { parameters: { name: string; schema: object }[]; responses: object } }>;
}

let app: NestFastifyApplication;
let document: OpenAPIObject;

beforeAll(async () => {
  // Nothing is read: the description is made of the code alone.
  const pool = makePool('postgres://nobody@127.0.0.1:1/none');
  const module = TimelineModule.forRoot({ source: { pool, feed: 'journal', viewVersion: 1 } });
  app = await NestFactory.create<NestFastifyApplication>(module, new FastifyAdapter(), { logger: false });
  await app.init();
  document = describeApi(app);
});
afterAll(() => app.close());

describe('the published description of the API', () => {
  it('is valid OpenAPI 3.1', async () => {
    const copy = JSON.parse(JSON.stringify(document)) as Record<string, unknown>;
    expect(copy['openapi']).toBe('3.1.0');
    expect(await new Validator().validate(copy)).toMatchObject({ valid: true });
  });

  it('names every parameter as it is sent, and the form of every answer and problem', () => {
    const { get } = (document as unknown as Described).paths['/v1/entries'] ?? {};
    const schemas = Object.fromEntries(get?.parameters.map(({ name, schema }) => [name, schema]) ?? []);
    expect(schemas['limit']).toMatchObject({ type: 'integer', minimum: 1, maximum: 200, default: 50 });
    expect(schemas['as_known_at']).toMatchObject({ type: 'string', format: 'date' });
    expect(schemas['as_known_at']).not.toHaveProperty('pattern');
    expect(get?.responses).toMatchObject({
      200: { content: { 'application/json': { schema: { properties: { entries: {}, place: {}, cite: {} } } } } },
      400: { $ref: '#/components/responses/question.400' },
      503: {},
      default: {},
    });
  });

  it('is the page for people too, with nothing of it taken for markup', () => {
    const page = docsPage({ ...document, info: { ...document.info, title: '<Litopys>' } });
    for (const path of Object.keys(document.paths)) expect(page).toContain(path);
    expect(page).toContain('&lt;Litopys&gt;');
    expect(page).not.toMatch(/<(script|link)|https?:\/\/(?!creativecommons)/);
  });
});
