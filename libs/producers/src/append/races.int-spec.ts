import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readStreams, verify } from '#libs/journal';
import { bodyOf, openingOf } from '../../../../test/support/domain/bodies.js';
import { itemized, line, restated } from '../../../../test/support/domain/commands.js';
import { freshJournal, type TestJournal } from '../../../../test/support/journal.js';
import { startProducer, type TestProducer } from '../../../../test/support/producers.js';

let journal: TestJournal;
let producers: TestProducer[];

beforeAll(async () => {
  journal = await freshJournal();
  // Each with a pool and turns of its own: to the journal they are processes that know nothing of each other.
  producers = await Promise.all([startProducer(journal.url), startProducer(journal.url)]);
});

afterAll(async () => {
  await Promise.all(producers.map((producer) => producer.close()));
  await journal.close();
});

const COUNT = 20;

function producerFor(index: number): TestProducer {
  const producer = producers[index % producers.length];
  if (producer === undefined) throw new Error('no producer was started');
  return producer;
}

/** Sends requests at once, in turn to each producer; answers in their order. */
const sendAll = (path: (index: number) => string, body: (index: number) => unknown, count = COUNT) =>
  Promise.all(Array.from({ length: count }, (_, index) => producerFor(index).post(path(index), body(index))));

const open = (slug: string) => producerFor(0).post('/v1/pledges', openingOf(slug));
const versionsOf = async (stream: string) =>
  (await readStreams(journal.app, 'journal', [stream])).map(({ version }) => version);
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

describe('two producers on one stream', () => {
  it('land all 20 itemizations that are sent at once, in versions without a gap', async () => {
    await open('raced');
    const answers = await sendAll(
      () => '/v1/pledges/raced/itemize',
      (index) => bodyOf(itemized([line(`line-${index}`)])),
    );
    expect(answers.map((answered) => answered.status)).toEqual(Array.from({ length: COUNT }, () => 201));
    expect(new Set(answers.map((answered) => answered.body['version']))).toEqual(new Set(upTo(COUNT + 1).slice(1)));
    expect(await versionsOf('pledge/raced')).toEqual(upTo(COUNT + 1));
  });

  it('let one of 20 take a line id', async () => {
    await open('one-id');
    const answers = await sendAll(
      () => '/v1/pledges/one-id/itemize',
      () => bodyOf(itemized([line('arms')])),
    );
    const statuses = answers.map((answered) => answered.status);
    expect(statuses.filter((status) => status === 201)).toHaveLength(1);
    expect(statuses.filter((status) => status === 409)).toHaveLength(COUNT - 1);
    expect(await versionsOf('pledge/one-id')).toEqual([1, 2]);
  });

  it('let one of 20 open it', async () => {
    const answers = await sendAll(
      () => '/v1/pledges',
      () => openingOf('opened-once'),
    );
    const codes = answers.map((answered) => answered.body['code'] ?? 'appended').sort();
    expect(codes).toEqual(['appended', ...Array.from({ length: COUNT - 1 }, () => 'slug-taken')]);
    expect(await versionsOf('pledge/opened-once')).toEqual([1]);
  });

  it('take repeats, refusals and events of many streams among each other', async () => {
    await Promise.all(upTo(5).map((index) => open(`mixed-${index}`)));
    const answers = await sendAll(
      (index) => `/v1/pledges/mixed-${(index % 5) + 1}/${index % 3 === 0 ? 'restate' : 'itemize'}`,
      (index) => bodyOf(index % 3 === 0 ? restated() : itemized([line(`line-${index % 30}`)])),
      120,
    );
    expect(new Set(answers.map((answered) => answered.status))).toEqual(new Set([201, 409]));
    for (const index of upTo(5)) {
      const versions = await versionsOf(`pledge/mixed-${index}`);
      expect(versions).toEqual(upTo(versions.length));
    }
    const appended = answers.filter((answered) => answered.status === 201);
    const positions = appended.map((answered) => answered.body['position']);
    expect(new Set(positions).size).toBe(appended.length);
    expect((await verify(journal.app, 'journal')).findings).toEqual([]);
  });
});
