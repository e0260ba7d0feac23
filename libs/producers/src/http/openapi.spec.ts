import { Test } from '@nestjs/testing';
import type { INestApplication } from '@nestjs/common';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { Validator } from '@seriousme/openapi-schema-validator';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import {
  COLLECTION_NAMES,
  COLLECTIONS,
  CONTEXT_NAMES,
  SCHEMAS,
  type Collection,
  type CollectionName,
  type EventTypeName,
} from '#libs/contracts';
import type { OpenAPIObject } from '@nestjs/swagger';
import { describeApi, docsPage } from '#libs/published';
import { ProducersModule } from '../producers.module.js';

interface Operation {
  readonly operationId: string;
  readonly requestBody: {
    readonly content: Record<string, { schema: object; examples: Record<string, { value: object }> }>;
  };
  readonly parameters: readonly { name: string }[];
  readonly responses: Record<string, unknown>;
}

let app: INestApplication;
let document: Record<string, unknown>;
let operations: Record<string, Operation>;

beforeAll(async () => {
  const module = ProducersModule.for(CONTEXT_NAMES, { pool: undefined as never });
  app = (await Test.createTestingModule({ imports: [module] }).compile()).createNestApplication(new FastifyAdapter());
  document = JSON.parse(JSON.stringify(describeApi(app))) as Record<string, unknown>;
  const paths = document['paths'] as Record<string, { post: Operation }>;
  operations = Object.fromEntries(Object.entries(paths).map(([path, { post }]) => [path, post]));
});

afterAll(() => app.close());

const PATHS = COLLECTION_NAMES.flatMap((name) => [
  `/v1/${name}`,
  ...Object.keys(COLLECTIONS[name].verbs).map((verb) => `/v1/${name}/{slug}/${verb}`),
]);

it('describes every route that appends, once', () => {
  expect(Object.keys(operations).sort()).toEqual([...PATHS, '/v1/events'].sort());
  const ids = Object.values(operations).map(({ operationId }) => operationId);
  expect(new Set(ids).size).toBe(ids.length);
});

it('tells that whoever appends needs a key', () => {
  const { components } = document as unknown as OpenAPIObject;
  expect(components?.securitySchemes).toMatchObject({ key: { type: 'http', scheme: 'bearer' } });
  for (const operation of Object.values(operations)) expect(operation).toMatchObject({ security: [{ key: [] }] });
});

it('is valid OpenAPI 3.1', async () => {
  const { valid, errors } = await new Validator().validate(document);
  expect(errors ?? []).toEqual([]);
  expect(valid).toBe(true);
});

it('refers to whatever it repeats, by its own name', () => {
  const text = JSON.stringify(document);
  expect(text).not.toContain('__schema');
  const { schemas } = document['components'] as { schemas: Record<string, object> };
  for (const [, name = ''] of text.matchAll(/"#\/components\/schemas\/([^"]+)"/g))
    expect(schemas).toHaveProperty([name]);
});

it.each(PATHS)('%s has a body with examples that their own schemas take, and tells why it may be refused', (path) => {
  const { requestBody, parameters, responses } = operations[path] as Operation;
  const { examples = {} } = requestBody.content['application/json'] ?? {};
  const verb = path.split('/')[4];
  const { opening, verbs }: Collection = COLLECTIONS[path.split('/')[2] as CollectionName];
  const type = verb === undefined ? opening : verbs[verb];
  // Where several types may open a stream, each of them has its own example.
  if (type !== undefined) expect(Object.keys(examples)).toEqual([type]);
  for (const [name, { value }] of Object.entries(examples))
    expect(SCHEMAS[name as EventTypeName].safeParse(value).error).toBeUndefined();
  const names = parameters.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(['Idempotency-Key', 'If-Match', 'dry_run']));
  const statuses = ['200', '201', '400', '401', '403', '404', '409', '412', '413', '415', '429', '503', 'default'];
  expect(Object.keys(responses).sort()).toEqual(statuses);
});

it('is a page for people too, which shows nothing that is not served', () => {
  const page = docsPage(document as unknown as OpenAPIObject);
  expect(page).toContain('/v1/pledges/{slug}/itemize');
  expect(page).not.toContain('href="/v1/entries');
});

it('an event is described in every mode, with its types and their data', () => {
  const { content } = (operations['/v1/events'] as Operation).requestBody;
  expect(Object.keys(content)).toEqual([
    'application/cloudevents+json',
    'application/cloudevents-batch+json',
    'application/json',
  ]);
  const validate = new Ajv2020({ strict: false, validateFormats: false }).addSchema(document, 'api');
  const takes = (event: unknown) => validate.validate('api#/components/schemas/Event', event);
  for (const { value } of Object.values(content['application/cloudevents+json']?.examples ?? {})) {
    expect(takes(value)).toBe(true);
    expect(takes({ ...value, type: 'litopys.statement.issued.v1' })).toBe(false);
  }
});
