import { Parser } from '@asyncapi/parser';
import { type DynamicModule, Logger } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Validator } from '@seriousme/openapi-schema-validator';
import { CONTEXT_NAMES } from '#libs/contracts';
import { loadConfig, makeHttpAdapter, makePool } from '#libs/platform';
import { ProducerAppModule } from '#libs/producers';
import { DEFAULT_TOPICS, describeApi, describeTopics } from '#libs/published';
import { StandaloneModule } from '../apps/standalone/src/standalone.module.js';
import { TimelineAppModule } from '../apps/timeline/src/timeline-app.module.js';

/**
 * Has the descriptions that every app serves checked by the parsers of those who make the forms: OpenAPI 3.1, AsyncAPI 3.
 * Nothing is connected to: they are made of the code alone. Run from the root of the project.
 */

/** Nobody listens there. */
const NOWHERE = 'postgres://nobody@127.0.0.1:1/none';

const config = loadConfig({ DATABASE_URL: NOWHERE });
const pool = makePool(NOWHERE);

const apps: Readonly<Record<string, DynamicModule>> = {
  standalone: StandaloneModule.forRoot({
    journal: pool,
    views: pool,
    projector: undefined as never,
    publicUrl: undefined,
    config,
  }),
  timeline: TimelineAppModule.forRoot(config, 3000),
  ...Object.fromEntries(CONTEXT_NAMES.map((name) => [name, ProducerAppModule.for([name], config)])),
};

async function mistakesInApi(app: DynamicModule): Promise<string[]> {
  const created = await NestFactory.create(app, await makeHttpAdapter(), { logger: false });
  const document = JSON.parse(JSON.stringify(describeApi(created))) as Record<string, unknown>;
  const { valid, errors } = await new Validator().validate(document);
  return valid ? [] : [JSON.stringify(errors)];
}

/** What the parser calls an error or a warning; it has hints as well. */
const WARNING = 1;

async function mistakesInTopics(): Promise<string[]> {
  const { diagnostics } = await new Parser().parse(JSON.stringify(describeTopics(DEFAULT_TOPICS)));
  return diagnostics
    .filter(({ severity }) => (severity as number) <= WARNING)
    .map(({ code, message, path }) => `${path.join('/')}: ${message} (${code})`);
}

Logger.overrideLogger(false);
const checked: [string, Promise<string[]>][] = [
  ['asyncapi.json', mistakesInTopics()],
  ...Object.entries(apps).map(
    ([name, app]) => [`openapi.json of ${name}`, mistakesInApi(app)] as [string, Promise<string[]>],
  ),
];
for (const [what, mistakes] of checked)
  for (const mistake of await mistakes) {
    console.error(`${what}: ${mistake}`);
    process.exitCode = 1;
  }
