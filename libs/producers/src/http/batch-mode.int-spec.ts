import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { feedHead, readStreams } from '#libs/journal';
import { MAX_BATCH_BYTES } from '#libs/platform';
import { bodyOf, openingOf } from '../../../../test/support/domain/bodies.js';
import { restated } from '../../../../test/support/domain/commands.js';
import { freshJournal, type TestJournal } from '../../../../test/support/journal.js';
import { startProducer, type Answered, type TestProducer } from '../../../../test/support/producers.js';
import { MAX_BATCH } from '../limits.js';

jest.setTimeout(60_000);

let journal: TestJournal;
let producer: TestProducer;

beforeAll(async () => {
  journal = await freshJournal();
  producer = await startProducer(journal.url);
});

afterAll(async () => {
  await producer.close();
  await journal.close();
});

const BATCH = { 'content-type': 'application/cloudevents-batch+json' };
const event = (slug: string, more: object = {}) => ({
  specversion: '1.0',
  id: slug,
  source: 'urn:litopys:local',
  type: 'litopys.pledge.announced.v1',
  subject: `pledge/${slug}`,
  data: openingOf(slug),
  ...more,
});
const retold = (slug: string, id: string) =>
  event(slug, { id, type: 'litopys.pledge.restated.v1', data: bodyOf(restated()) });

/** An event with so many thousand characters in it. */
function large(slug: string, thousands: number) {
  const says = Object.fromEntries(Array.from({ length: thousands }, (_, index) => [`/a${index}`, 'x'.repeat(1000)]));
  const citations = [{ publisher: 'A', title: 'B', language: 'en', standing: 'press', says }];
  return event(slug, { data: { ...openingOf(slug), citations } });
}

const send = (body: unknown, headers: object = {}, query = '') =>
  producer.post(`/v1/events${query}`, body, { ...BATCH, ...headers });
const refused = (body: unknown, headers: object = {}) => producer.refused('/v1/events', body, { ...BATCH, ...headers });
const eventsIn = ({ body }: Answered) => body['events'] as Record<string, unknown>[];
const head = async () => (await feedHead(journal.app, 'journal')).position;

describe('a batch', () => {
  it('is appended in its order, and answered event by event', async () => {
    const before = await head();
    const answered = await send([event('one'), retold('one', 'one-again'), event('two')]);
    expect([answered.status, answered.body['appended']]).toEqual([201, 3]);
    expect(eventsIn(answered).map((one) => [one['event'], one['position'], one['duplicate']])).toEqual([
      ['pledge/one@1', before + 1, false],
      ['pledge/one@2', before + 2, false],
      ['pledge/two@1', before + 3, false],
    ]);
  });

  it('takes what is new beside what stands already, whichever way that came', async () => {
    await producer.post('/v1/events', event('known'));
    const before = await head();
    const mixed = await send([event('known'), event('news'), event('news')]);
    expect([mixed.status, mixed.body['appended'], await head()]).toEqual([201, 1, before + 1]);
    expect(eventsIn(mixed).map((one) => one['duplicate'])).toEqual([true, false, true]);
    const again = await send([event('known'), event('news')]);
    expect([again.status, again.body['appended'], await head()]).toEqual([200, 0, before + 1]);
  });

  it('may be empty, and may be dry-run', async () => {
    const before = await head();
    expect((await send([])).body).toEqual({ events: [], appended: 0 });
    const dry = await send([event('dry'), retold('dry', 'dry-again')], {}, '?dry_run=true');
    expect([dry.status, dry.body['appended']]).toEqual([200, 0]);
    expect(eventsIn(dry)).toMatchObject([
      { event: 'pledge/dry@1', position: null, dry_run: true, known_since: '2025-06-17' },
      { event: 'pledge/dry@2', position: null, dry_run: true },
    ]);
    expect(await head()).toBe(before);
  });

  it('of as many and as large events as are allowed is taken', async () => {
    const many = await send(Array.from({ length: MAX_BATCH }, (_, index) => event(`many-${index}`)));
    expect([many.status, many.body['appended']]).toEqual([201, MAX_BATCH]);
    const { status, body } = await send(Array.from({ length: 15 }, (_, index) => large(`large-${index}`, 250)));
    expect([status, body['appended']]).toEqual([201, 15]);
  });
});

describe('a batch of which one event is refused is not taken at all', () => {
  it.each<[string, unknown, number, string, string]>([
    [
      'a bad code',
      event('bad', { data: openingOf('bad', { category: 'x' as never }) }),
      400,
      '/1/data/category',
      'known-value',
    ],
    ['no id', event('bad', { id: undefined }), 400, '/1/id', 'required'],
    ['no event', 7, 400, '/1', 'type'],
    ['what the journal adds', event('bad', { position: '1' }), 400, '/1/position', 'journal-attribute'],
    ['Base64', event('bad', { data: undefined, data_base64: 'e30=' }), 400, '/1/data_base64', 'data-base64'],
    ['a stream never opened', retold('never-opened', 'bad'), 404, '/1/subject', 'stream-not-open'],
    ['a taken slug', event('good', { id: 'bad' }), 409, '/1/data/slug', 'slug-taken'],
    ['another under a taken id', event('other', { id: 'good' }), 409, '/1/id', 'identity-conflict'],
  ])('%s', async (_what, bad, status, field, rule) => {
    const before = await head();
    const answered = await refused([event('good'), bad, event('behind')]);
    expect([answered.status, answered.body.code, answered.body.errors]).toEqual([
      status,
      'batch-refused',
      [expect.objectContaining({ field, rule, mend: expect.any(String) })],
    ]);
    expect(await head()).toBe(before);
  });

  it('and every mistake of every event is told', async () => {
    const bad = event('bad', { data: openingOf('bad', { category: 'x' as never, occurred: 'then' }) });
    const { body } = await refused([bad, event('good'), bad]);
    expect(body.errors.map(({ field }) => field)).toEqual([
      '/0/data/occurred',
      '/0/data/category',
      '/2/data/occurred',
      '/2/data/category',
    ]);
  });
});

describe('what is no batch is refused', () => {
  it.each<[string, unknown, object, string, string]>([
    ['an event alone', event('alone'), {}, '', 'type'],
    ['no JSON', '[', {}, '', 'json'],
    ['a key twice', '[{"id":"1","id":"2"}]', {}, '/0/id', 'duplicate-key'],
    ['one under a key', [event('alone')], { 'idempotency-key': 'x' }, 'Idempotency-Key', 'one-event'],
    ['one at a version', [event('alone')], { 'if-match': '"1"' }, 'If-Match', 'one-event'],
    ['too many', Array.from({ length: MAX_BATCH + 1 }, () => 0), {}, '', 'batch-size'],
  ])('%s', async (_what, body, headers, field, rule) => {
    const before = await head();
    const answered = await refused(body, headers);
    expect([answered.status, answered.body.errors]).toEqual([
      400,
      [expect.objectContaining({ field, rule, mend: expect.any(String) })],
    ]);
    expect(await head()).toBe(before);
  });

  it('by its size before it is read, and an event in it by its own', async () => {
    const padded = (bytes: number) => JSON.stringify([event('padded')]).padEnd(bytes, ' ');
    const { status, body } = await refused(padded(MAX_BATCH_BYTES + 1));
    expect([status, body.errors[0]?.rule]).toEqual([413, 'batch-size']);
    expect((await send(padded(MAX_BATCH_BYTES))).status).toBe(201);
    const { status: ofEvent, body: problem } = await refused([large('huge', 300)]);
    expect([ofEvent, problem.errors]).toEqual([413, [expect.objectContaining({ field: '/0', rule: 'event-size' })]]);
  });

  it('an array as one event, with the type that it should have', async () => {
    const { status, body } = await producer.refused('/v1/events', [event('alone')]);
    expect([status, body.errors[0]]).toEqual([
      400,
      expect.objectContaining({ field: '', rule: 'type', mend: expect.stringContaining('cloudevents-batch+json') }),
    ]);
    expect(await readStreams(journal.app, 'journal', ['pledge/alone'])).toEqual([]);
  });
});
