import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { expect, it } from '@jest/globals';
import { makePool } from '#libs/platform';
import { describeApi } from '#libs/published';
import { TimelineModule } from '#libs/timeline';
import { makeProgram } from '../program.js';
import { FILTERS, parametersOf } from './filters.js';

const PATHS = {
  entries: '/v1/entries',
  pledges: '/v1/pledges',
  pledge: '/v1/pledges/{slug}',
  events: '/v1/events',
} as const;

it('are those of the API, each of them', async () => {
  // Never asked: the description is made of the routes alone.
  const source = { pool: makePool('postgres://127.0.0.1:1/none'), feed: 'journal', viewVersion: 1 } as const;
  const module = TimelineModule.forRoot({ source });
  const app = await NestFactory.create<NestFastifyApplication>(module, new FastifyAdapter(), { logger: false });
  const { paths } = describeApi(app);
  for (const [filtered, path] of Object.entries(PATHS)) {
    const parameters = (paths[path]?.get?.parameters ?? []) as { in: string; name: string }[];
    // The form of an answer is the command's own choice: --json, --csv or a table.
    const inQuery = parameters
      .map((one) => one.name)
      .filter((name, at) => parameters[at]?.in === 'query' && name !== 'format');
    expect([filtered, inQuery.toSorted()]).toEqual([
      filtered,
      Object.keys(FILTERS[filtered as keyof typeof FILTERS]).toSorted(),
    ]);
  }
  await app.close();
});

it('become the parameters of the API, those that were given', () => {
  const command = makeProgram().commands.find((one) => one.name() === 'entries');
  command
    ?.action(() => undefined)
    .parse(['--occurred-from', '2025-08-24', '--as-known-at', '2025-08-25'], { from: 'user' });
  expect(JSON.parse(JSON.stringify(parametersOf(command?.opts() ?? {}, 'entries')))).toEqual({
    occurred_from: '2025-08-24',
    as_known_at: '2025-08-25',
  });
});
