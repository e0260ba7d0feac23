import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { COLLECTIONS, eventType, isRecord, kindOf, type Collection, type EventTypeName } from '#libs/contracts';
import { readEvent } from '#libs/journal';
import { aboutIt, bodyOf, openingOf } from '../../../../test/support/domain/bodies.js';
import { announced, corrected, held, issued, signed } from '../../../../test/support/domain/commands.js';
import { freshJournal, type TestJournal } from '../../../../test/support/journal.js';
import { exampleDataFor, exampleOf } from './examples.js';
import { startProducer, type TestProducer } from '../../../../test/support/producers.js';

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

describe('an opening', () => {
  it.each([
    ['pledges', 'pledge', 'g7-package', announced()],
    ['agreements', 'agreement', 'security', signed()],
    ['statements', 'statement', 'lavrov-troops', issued()],
    ['engagements', 'engagement', 'kyiv-visit', held()],
  ])('POST /v1/%s begins a stream', async (context, kind, slug, command) => {
    const { status, headers, body } = await producer.post(`/v1/${context}`, bodyOf(command));
    const stream = `${kind}/${slug}`;
    expect(body).toEqual({
      event: `${stream}@1`,
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      stream,
      version: 1,
      position: expect.any(Number),
      duplicate: false,
    });
    expect(status).toBe(201);
    expect(headers.get('etag')).toBe('"1"');
    expect(headers.get('location')).toBe(`/v1/entries/${stream}@1`);
  });

  it('stores what was sent, under the schema of its type and the known date', async () => {
    const data = openingOf('stored', { known_since: undefined, title: 'Told  with spaces', occurred: '2025-06' });
    await producer.post('/v1/pledges', JSON.stringify(data, null, 2));
    const row = await readEvent(journal.app, 'journal', 'pledge/stored', 1);
    expect(JSON.parse(row?.data ?? '')).toEqual(data);
    expect(row).toMatchObject({
      source: 'urn:litopys:local',
      actor: 'urn:litopys:local',
      type: 'litopys.pledge.announced.v1',
      dataschema: 'urn:litopys:schema:pledge.announced:v1',
      knownSince: '2025-06-30',
      knownBasis: 'presumed',
      time: null,
    });
  });
});

/** The data of a type's published example, without the slug that only an opening carries. */
function exampleData(kind: string, type: EventTypeName, more: object = {}): Record<string, unknown> {
  const { slug: _slug, ...data } = exampleDataFor(kind, type);
  return { ...data, ...more };
}

/** What a verb is sent with; a record is about the stream's first event. */
function bodyFor(type: EventTypeName, stream: string, title: unknown): Record<string, unknown> {
  const about = `${stream}@1`;
  const kind = kindOf(stream);
  switch (type) {
    case 'record.corrected':
      return { ...aboutIt(corrected([{ path: '/title', from: title as string, to: 'Told better' }]), about) };
    case 'record.settled':
      return exampleData(kind, type, { about, dispute: `${stream}@2` });
    default:
      return isRecord(type) ? exampleData(kind, type, { about }) : exampleData(kind, type);
  }
}

/** What must have been told before a verb makes sense. */
const BEFORE: Partial<Record<EventTypeName, EventTypeName>> = {
  'record.settled': 'record.disputed',
  'record.reinstated': 'record.retracted',
};

const verbOf = (collection: Collection, type: EventTypeName): string =>
  Object.keys(collection.verbs).find((verb) => collection.verbs[verb] === type) ?? '';

describe.each(Object.entries<Collection>(COLLECTIONS))('the verbs of %s', (name, collection) => {
  const { kind, verbs } = collection;
  const opening = collection.opening ?? 'transfer.disbursed';
  const path = collection.opening === undefined ? `/v1/${name}?verb=${verbOf(collection, opening)}` : `/v1/${name}`;

  it.each(Object.entries(verbs))('%s appends a %s', async (verb, type) => {
    const slug = `${verb}-one`;
    const stream = `${kind}/${slug}`;
    const data = exampleData(kind, opening);
    expect((await producer.post(path, { slug, ...data })).status).toBe(201);
    const before = BEFORE[type];
    const goOn = (one: EventTypeName) =>
      producer.post(`/v1/${name}/${slug}/${verbOf(collection, one)}`, bodyFor(one, stream, data['title']));
    if (before !== undefined) expect((await goOn(before)).status).toBe(201);
    const { status, headers, body } = await goOn(type);
    const version = before === undefined ? 2 : 3;
    expect([status, body]).toEqual([201, expect.objectContaining({ event: `${stream}@${version}`, duplicate: false })]);
    expect(headers.get('etag')).toBe(`"${version}"`);
    const place = type.startsWith('record.') ? 'events' : 'entries';
    expect(headers.get('location')).toBe(`/v1/${place}/${stream}@${version}`);
    expect((await readEvent(journal.app, 'journal', stream, version))?.type).toBe(eventType(type));
  });

  it.each(Object.entries(verbs).filter(([, type]) => !isRecord(type)))(
    '%s may begin a stream, with its slug',
    async (verb, type) => {
      const slug = `begun-by-${verb}`;
      const { status } = await producer.post(`/v1/${name}/${slug}/${verb}`, { slug, ...exampleData(kind, type) });
      expect(status).toBe(201);
    },
  );

  it.each(Object.entries(verbs).filter(([, type]) => !isRecord(type)))(
    'a dry run of %s decides, and appends nothing',
    async (verb, type) => {
      const slug = `dry-${verb}`;
      const data = { slug, ...exampleData(kind, type) };
      const { status, body } = await producer.post(`/v1/${name}/${slug}/${verb}?dry_run=true`, data);
      expect([status, body['dry_run'], body['position']]).toEqual([200, true, null]);
      expect(await readEvent(journal.app, 'journal', `${kind}/${slug}`, 1)).toBeNull();
    },
  );
});

it('POST /v1/transfers asks what is told first', async () => {
  for (const path of ['/v1/transfers', '/v1/transfers?verb=itemize']) {
    const { status, body } = await producer.post(path, {
      slug: 'no-verb',
      ...exampleData('transfer', 'transfer.repaid'),
    });
    expect([status, body['errors']]).toEqual([400, [expect.objectContaining({ field: 'verb', rule: 'known-value' })]]);
  }
});

describe('POST /v1/events', () => {
  const event = (id: string, slug: string) => ({
    specversion: '1.0',
    id,
    source: 'urn:example:desk',
    type: 'litopys.pledge.announced.v1',
    subject: `pledge/${slug}`,
    time: '2025-06-17T12:00:00.123456+20:00',
    correlationid: 'c-1',
    causationid: 'c-0',
    data: openingOf(slug),
  });

  it.each(['application/cloudevents+json', 'application/json; charset=utf-8'])(
    'takes one CloudEvent as %s',
    async (type) => {
      const slug = `by-event-${type.length}`;
      const sent = event(slug, slug);
      const { status, body } = await producer.post('/v1/events', sent, { 'content-type': type });
      expect([status, body]).toEqual([201, expect.objectContaining({ event: `pledge/${slug}@1`, id: slug })]);
      const row = await readEvent(journal.app, 'journal', `pledge/${slug}`, 1);
      expect(row).toMatchObject({
        source: 'urn:example:desk',
        id: slug,
        actor: 'urn:litopys:local',
        time: '2025-06-16T16:00:00.123Z',
        correlationId: 'c-1',
        causationId: 'c-0',
      });
    },
  );

  it('knows a repeat that names its schema and content type', async () => {
    await producer.post('/v1/events', event('repeat', 'repeat'));
    const more = { datacontenttype: 'application/json', dataschema: 'urn:litopys:schema:pledge.announced:v1' };
    const { status, body } = await producer.post('/v1/events', { ...event('repeat', 'repeat'), ...more });
    expect([status, body['duplicate']]).toEqual([200, true]);
  });

  it('takes a former version of a type, and a correction of it in its own words', async () => {
    const { data } = exampleOf('agreement.signed');
    const { manner: by, slug: _slug, ...rest } = data;
    const old = { ...event('old', 'old'), type: 'litopys.agreement.signed.v1', subject: 'agreement/old' };
    const sent = { ...old, data: { ...rest, slug: 'old', by } };
    expect((await producer.post('/v1/events', sent)).body).toMatchObject({ event: 'agreement/old@1' });
    const row = await readEvent(journal.app, 'journal', 'agreement/old', 1);
    expect(row).toMatchObject({ type: old.type, dataschema: 'urn:litopys:schema:agreement.signed:v1' });
    expect(JSON.parse(row?.data ?? '')).toEqual(sent.data);
    const change = { path: '/by', from: 'signature', to: 'adoption' };
    const correction = aboutIt(corrected([change]), 'agreement/old@1');
    expect((await producer.post('/v1/agreements/old/correct', correction)).status).toBe(201);
    const wrong = aboutIt(corrected([{ ...change, path: '/manner' }]), 'agreement/old@1');
    expect((await producer.post('/v1/agreements/old/correct', wrong)).status).toBe(409);
  });

  it('is served by every producer, for events of any context', async () => {
    const other = await startProducer(journal.url, ['statements']);
    try {
      expect((await other.post('/v1/events', event('elsewhere', 'elsewhere'))).status).toBe(201);
      expect((await other.post('/v1/pledges', openingOf('not-served'))).status).toBe(404);
      expect((await other.post('/v1/statements', bodyOf(issued({ slug: 'served' })))).status).toBe(201);
    } finally {
      await other.close();
    }
  });
});

describe('health', () => {
  it('is live, and ready where the journal is', async () => {
    expect((await fetch(`${producer.url}/health/live`)).status).toBe(200);
    const ready = await fetch(`${producer.url}/health/ready`);
    expect([ready.status, await ready.json()]).toEqual([200, { status: 'ready', reasons: [] }]);
  });

  it('is not ready where the journal cannot be reached', async () => {
    const lost = await startProducer('postgres://nobody@127.0.0.1:1/nothing');
    try {
      const ready = await fetch(`${lost.url}/health/ready`);
      expect(ready.status).toBe(503);
      expect(await ready.json()).toMatchObject({ reasons: [{ check: 'journal', code: 'journal-unreachable' }] });
    } finally {
      await lost.close();
    }
  });
});
