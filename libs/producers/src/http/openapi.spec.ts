import { Test } from '@nestjs/testing';
import type { INestApplication } from '@nestjs/common';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { Validator } from '@seriousme/openapi-schema-validator';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import {
  COLLECTION_NAMES,
  COLLECTIONS,
  CONTEXT_NAMES,
  SCHEMAS,
  type Collection,
  type CollectionName,
} from '#libs/contracts';
import { describeApi } from '#libs/timeline';
import { ProducersModule } from '../producers.module.js';

interface Operation {
  readonly operationId: string;
  readonly requestBody: { readonly content: Record<string, { schema: { example?: unknown } }> };
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

it('is valid OpenAPI 3.1', async () => {
  const { valid, errors } = await new Validator().validate(document);
  expect(errors ?? []).toEqual([]);
  expect(valid).toBe(true);
});

it.each(PATHS)('%s has a body with an example that its own schema takes', (path) => {
  const { requestBody, parameters, responses } = operations[path] as Operation;
  const schema = requestBody.content['application/json']?.schema;
  const verb = path.split('/')[4];
  const { opening, verbs }: Collection = COLLECTIONS[path.split('/')[2] as CollectionName];
  const type = verb === undefined ? opening : verbs[verb];
  // Where several types may open a stream, each of them has its own example.
  if (type !== undefined) expect(SCHEMAS[type].safeParse(schema?.example).error).toBeUndefined();
  const names = parameters.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(['Idempotency-Key', 'If-Match', 'dry_run']));
  expect(Object.keys(responses)).toEqual(expect.arrayContaining(['200', '201', 'default']));
});
