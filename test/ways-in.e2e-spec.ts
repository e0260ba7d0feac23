import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { CloudEvent, HTTP, Kafka } from 'cloudevents';
import { verify } from '#libs/journal';
import { IntakeWorld } from './intake/intake-world.js';
import { litopys } from './support/command.js';
import { bodyOf } from './support/domain/bodies.js';
import { issued } from './support/domain/commands.js';
import { describeWithKafka } from './support/kafka.js';
import type { TestProducer } from './support/producers.js';

jest.setTimeout(120_000);

/** One event as a CloudEvent; by a verb on loopback the source is this one, and the id the Idempotency-Key. */
const eventOf = (slug: string) => ({
  specversion: '1.0',
  id: randomUUID(),
  source: 'urn:litopys:local',
  type: 'litopys.statement.issued.v1',
  subject: `statement/${slug}`,
  datacontenttype: 'application/json',
  data: bodyOf(issued({ slug, title: 'Сказано один раз' })),
});

type Sent = ReturnType<typeof eventOf>;
type Way = (event: Sent) => Promise<string>;

describeWithKafka('one event by each of the five ways, twice', () => {
  let world: IntakeWorld;
  let producer: TestProducer;
  const folder = mkdtempSync(path.join(tmpdir(), 'litopys-ways-'));
  /** Set `SHOW=1` to read it. */
  const log: string[] = [];

  beforeAll(async () => {
    world = await IntakeWorld.create();
    producer = await world.startProducer();
  });

  afterAll(async () => {
    if (process.env['SHOW']) process.stdout.write(`\n${log.join('\n')}\n`);
    await world.close();
    rmSync(folder, { recursive: true });
  });

  const post: TestProducer['post'] = (...request) => producer.post(...request);
  const told = ({ status, body }: Awaited<ReturnType<typeof post>>): string =>
    `${status} ${String(body['event'])} at position ${String(body['position'])}, duplicate: ${String(body['duplicate'])}`;

  const WAYS: Record<string, Way> = {
    'HTTP verb': async ({ id, data }) => told(await post('/v1/statements', data, { 'idempotency-key': id })),
    'CloudEvents, structured': async (event) =>
      told(await post('/v1/events', event, { 'content-type': 'application/cloudevents+json' })),
    'JavaScript SDK, binary': async ({ specversion: _version, ...event }) => {
      const { headers, body } = HTTP.binary(new CloudEvent({ ...event, time: undefined }));
      // The SDK gives every event the time at which it was made; ours has none.
      const { 'ce-time': _time, ...sent } = headers as Record<string, string>;
      return told(await post('/v1/events', String(body), sent));
    },
    'command line': async (event) => {
      const file = path.join(folder, `${event.id}.ndjson`);
      writeFileSync(file, `${JSON.stringify(event)}\n`);
      const { said } = await litopys({ DATABASE_URL: world.journal.url }, 'append', file);
      return said.trim();
    },
    'Kafka topic': async ({ specversion: _version, ...event }) => {
      const { headers, value } = Kafka.binary(new CloudEvent({ ...event, partitionkey: event.subject }));
      const sent = Object.fromEntries(
        Object.entries(headers as Record<string, string | undefined>).filter(
          ([name, value]) => name !== 'ce_time' && value !== undefined,
        ),
      ) as Record<string, string>;
      await world.send([{ key: event.subject, value: JSON.stringify(value), headers: sent }]);
      await world.untilTaken();
      return 'taken from the topic';
    },
  };

  it.each(Object.keys(WAYS))('stands once where it came by %s first', async (first) => {
    const event = eventOf(`first-by-${first.toLowerCase().replaceAll(/[^a-z]+/g, '-')}`);
    const others = Object.keys(WAYS).filter((way) => way !== first);
    for (const way of [first, ...others, ...others, first]) {
      const answer = await WAYS[way]?.(event);
      log.push(`${event.subject}  ${way.padEnd(24)} ${answer}`);
    }
    const standing = (await world.events()).filter(({ stream }) => stream === event.subject);
    expect(standing.map(({ source, id, version }) => [source, id, version])).toEqual([
      ['urn:litopys:local', event.id, 1],
    ]);
    expect(JSON.parse(standing[0]?.data ?? '')).toEqual(event.data);
  });

  it('refuses none of them, and leaves a journal that holds', async () => {
    expect(log.filter((line) => /refused [^0]|[45]\d\d /.test(line))).toEqual([]);
    expect(await world.refusals()).toEqual([]);
    expect((await verify(world.journal.app, 'journal')).findings).toEqual([]);
  });
});
