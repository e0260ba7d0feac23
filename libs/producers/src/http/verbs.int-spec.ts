import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CONTEXTS } from '#libs/contracts';
import { readEvent } from '#libs/journal';
import { aboutIt, bodyOf, openingOf } from '../../../../test/support/domain/bodies.js';
import {
  announced,
  corrected,
  held,
  issued,
  itemized,
  line,
  reinstated,
  restated,
  retracted,
  signed,
} from '../../../../test/support/domain/commands.js';
import { freshJournal, type TestJournal } from '../../../../test/support/journal.js';
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

const TITLE = [{ path: '/title', from: 'Told', to: 'Told better' }];

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

const SENT: Record<string, (slug: string) => Record<string, unknown>> = {
  announce: () => bodyOf(announced({ slug: undefined })),
  itemize: () => bodyOf(itemized([line('arms')])),
  restate: () => bodyOf(restated()),
  sign: () => bodyOf(signed({ slug: undefined })),
  issue: () => bodyOf(issued({ slug: undefined })),
  hold: () => bodyOf(held({ slug: undefined })),
  correct: (stream) => aboutIt(corrected(TITLE), `${stream}@1`),
  retract: (stream) => aboutIt(retracted(), `${stream}@1`),
  reinstate: (stream) => aboutIt(reinstated(), `${stream}@1`),
};

const OPENINGS = { pledges: announced, agreements: signed, statements: issued, engagements: held } as const;

describe.each(Object.entries(CONTEXTS))('the verbs of %s', (context, { kinds, verbs }) => {
  it.each(Object.entries(verbs))('%s appends a %s', async (verb, type) => {
    const slug = `${verb}-one`;
    const stream = `${kinds[0]}/${slug}`;
    const opening = OPENINGS[context as keyof typeof OPENINGS];
    await producer.post(`/v1/${context}`, bodyOf(opening({ slug })));
    if (verb === 'reinstate') await producer.post(`/v1/${context}/${slug}/retract`, SENT['retract']?.(stream));
    const { status, headers, body } = await producer.post(`/v1/${context}/${slug}/${verb}`, SENT[verb]?.(stream));
    const version = verb === 'reinstate' ? 3 : 2;
    expect([status, body]).toEqual([201, expect.objectContaining({ event: `${stream}@${version}`, duplicate: false })]);
    expect(headers.get('etag')).toBe(`"${version}"`);
    const place = type.startsWith('record.') ? 'events' : 'entries';
    expect(headers.get('location')).toBe(`/v1/${place}/${stream}@${version}`);
    expect((await readEvent(journal.app, 'journal', stream, version))?.type).toBe(`litopys.${type}.v1`);
  });

  it('may begin a stream, with its slug', async () => {
    const [verb, type] = Object.entries(verbs)[1] ?? [];
    if (verb === undefined || type?.startsWith('record.')) return;
    const slug = `begun-by-${verb}`;
    const { status } = await producer.post(`/v1/${context}/${slug}/${verb}`, { slug, ...SENT[verb]?.(slug) });
    expect(status).toBe(201);
  });
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
