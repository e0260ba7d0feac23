import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Change } from '#libs/contracts';
import { RULES } from '#libs/domain';
import { feedHead } from '#libs/journal';
import { bodyOf, openingOf } from '../../../../test/support/domain/bodies.js';
import {
  announced,
  citation,
  corrected,
  disbursed,
  itemized,
  line,
  PLEDGE,
  reinstated,
  restated,
  retracted,
  settled,
} from '../../../../test/support/domain/commands.js';
import { freshJournal, type TestJournal } from '../../../../test/support/journal.js';
import { startProducer, type TestProducer } from '../../../../test/support/producers.js';

let journal: TestJournal;
let producer: TestProducer;

const WHOLE = 'pledge/retracted-whole';
const retractedOn = (slug: string, known_since: string) =>
  bodyOf(retracted({ about: `pledge/${slug}@1`, known_since }));
const reinstatedOn = (slug: string, known_since: string) =>
  bodyOf(reinstated({ about: `pledge/${slug}@1`, known_since }));

/** A pledge that was retracted on 1 September and stands again from 1 October. */
async function recordUndone(slug: string): Promise<void> {
  await producer.post('/v1/pledges', openingOf(slug));
  await producer.post(`/v1/pledges/${slug}/retract`, retractedOn(slug, '2025-09-01'));
  await producer.post(`/v1/pledges/${slug}/reinstate`, reinstatedOn(slug, '2025-10-01'));
}

beforeAll(async () => {
  journal = await freshJournal();
  producer = await startProducer(journal.url);
  await producer.post('/v1/pledges', bodyOf(announced()));
  await producer.post('/v1/pledges/g7-package/itemize', bodyOf(itemized([line('arms')])));
  await producer.post('/v1/pledges/g7-package/correct', bodyOf(corrected([{ path: '/summary', to: 'More.' }])));
  await producer.post('/v1/pledges/g7-package/restate', bodyOf(restated()));
  await producer.post('/v1/pledges/g7-package/retract', bodyOf(retracted({ about: `${PLEDGE}@4` })));
  await producer.post('/v1/pledges', openingOf('retracted-whole'));
  await producer.post(
    '/v1/pledges/retracted-whole/retract',
    bodyOf(retracted({ about: `${WHOLE}@1`, scope: 'stream' })),
  );
  await recordUndone('undone');
  await recordUndone('retracted-twice');
  await producer.post('/v1/pledges/retracted-twice/retract', retractedOn('retracted-twice', '2025-11-01'));
});

afterAll(async () => {
  await producer.close();
  await journal.close();
});

const verb = (name: string) => `/v1/pledges/g7-package/${name}`;
const change = (one: Change, more: Parameters<typeof corrected>[1] = {}) => bodyOf(corrected([one], more));
const event = (more: object = {}) => ({
  specversion: '1.0',
  id: 'x',
  source: 'urn:x',
  type: 'litopys.pledge.announced.v1',
  subject: PLEDGE,
  data: bodyOf(announced()),
  ...more,
});

type Case = [rule: string, status: number, field: string, path: string, body: unknown];

const REFUSED: Case[] = [
  ['wrong-context', 400, '/type', '/v1/events', event({ subject: 'statement/g7-package' })],
  [
    'draw-other-pledge',
    400,
    '/draws/0/pledge',
    verb('disburse'),
    bodyOf(disbursed([{ pledge: 'pledge/another-one' }])),
  ],
  [
    'line-without-pledge',
    400,
    '/draws/0/line',
    '/v1/transfers?verb=disburse',
    bodyOf(disbursed([{ line: 'arms' }], { slug: 'of-a-line' })),
  ],
  ['dispute-unknown', 400, '/dispute', verb('settle'), bodyOf(settled({ dispute: `${PLEDGE}@9` }))],
  ['slug-mismatch', 400, '/slug', verb('announce'), openingOf('another-one')],
  ['slug-taken', 409, '/slug', '/v1/pledges', bodyOf(announced())],
  ['slug-taken', 409, '/data/slug', '/v1/events', event({})],
  ['stream-not-open', 404, 'slug', '/v1/pledges/never-opened/restate', bodyOf(restated())],
  ['stream-retracted', 409, 'slug', '/v1/pledges/retracted-whole/restate', bodyOf(restated())],
  ['known-since-after-record', 400, '/known_since', verb('restate'), bodyOf(restated({ known_since: '2999-01-01' }))],
  [
    'known-since-basis',
    400,
    '/because',
    verb('correct'),
    change({ path: '/known_since', from: '2025-06-17', to: '2025-06-16' }),
  ],
  ['line-id-taken', 409, '/lines/1/id', verb('itemize'), bodyOf(itemized([line('drones'), line('arms')]))],
  [
    'line-unknown',
    400,
    '/refs/0/line',
    verb('restate'),
    bodyOf(restated({ refs: [{ relation: 'about', target: PLEDGE, line: 'no-such' }] })),
  ],
  [
    'within-unknown',
    400,
    '/lines/0/within',
    verb('itemize'),
    bodyOf(itemized([line('drones', { within: 'no-such' })])),
  ],
  ['within-circle', 400, '/lines/0/within', verb('itemize'), bodyOf(itemized([line('drones', { within: 'drones' })]))],
  ['about-other-stream', 400, '/about', verb('retract'), bodyOf(retracted({ about: `${WHOLE}@1` }))],
  ['about-unknown', 400, '/about', verb('retract'), bodyOf(retracted({ about: `${PLEDGE}@99` }))],
  ['about-record', 400, '/about', verb('retract'), bodyOf(retracted({ about: `${PLEDGE}@3` }))],
  ['no-change', 400, '/changes/0', verb('correct'), change({ path: '/title', from: 'Told', to: 'Told' })],
  [
    'path-unknown',
    400,
    '/changes/0/path',
    verb('correct'),
    change({ path: '/parties/0/name', from: 'Canada', to: 'CA' }),
  ],
  ['stale-from', 409, '/changes/0/from', verb('correct'), change({ path: '/title', from: 'Stale', to: 'New' })],
  [
    'change-breaks-schema',
    400,
    '/changes/0',
    verb('correct'),
    change({ path: '/occurred', from: '2025-06-17', to: 'June' }),
  ],
  ['already-retracted', 409, '/about', verb('retract'), bodyOf(retracted({ about: `${PLEDGE}@4` }))],
  ['not-retracted', 409, '/about', verb('reinstate'), bodyOf(reinstated())],
  ['retracts-nothing', 409, '/about', '/v1/pledges/undone/retract', retractedOn('undone', '2025-08-01')],
  [
    'reinstates-nothing',
    409,
    '/about',
    '/v1/pledges/retracted-twice/reinstate',
    reinstatedOn('retracted-twice', '2025-09-15'),
  ],
];

const MALFORMED: Case[] = [
  ['required', 400, '/title', '/v1/pledges', { ...openingOf('a-new-one'), title: undefined }],
  ['required', 400, '/slug', '/v1/pledges', { ...openingOf('a-new-one'), slug: undefined }],
  ['format', 400, '/slug', '/v1/pledges', openingOf('A New One')],
  ['format', 400, 'slug', '/v1/pledges/A%20New%00One/restate', bodyOf(restated())],
  ['type', 400, '/title', '/v1/pledges', { ...openingOf('a-new-one'), title: 7 }],
  ['type', 400, '', '/v1/pledges/g7-package/restate', [restated()]],
  ['unknown-key', 400, '/titel', '/v1/pledges', { ...openingOf('a-new-one'), titel: 'x' }],
  [
    'unknown-key',
    400,
    '/citations/0/publishr',
    verb('restate'),
    { ...bodyOf(restated()), citations: [{ ...citation, publishr: 'x' }] },
  ],
  ['known-value', 400, '/category', '/v1/pledges', { ...openingOf('a-new-one'), category: 'militry' }],
  ['size', 400, '/citations', verb('restate'), bodyOf(restated({ citations: [] }))],
  ['unknown-type', 400, '/type', '/v1/events', event({ type: 'litopys.pledge.anounced.v1' })],
  ['unknown-type', 400, '/type', '/v1/events', event({ type: 'litopys.pledge.announced.v2' })],
  ['format', 400, '/subject', '/v1/events', event({ subject: 'pledge' })],
  ['dataschema', 400, '/dataschema', '/v1/events', event({ dataschema: 'urn:other' })],
  ['time', 400, '/time', '/v1/events', event({ time: '0000-01-01T00:00:00Z' })],
  ['journal-attribute', 400, '/position', '/v1/events', event({ position: '7' })],
  ['journal-attribute', 400, '/knownsince', '/v1/events', event({ knownsince: '2025-06-17' })],
  ['unknown-key', 400, '/priority', '/v1/events', event({ priority: 'high' })],
  ['partitionkey', 400, '/partitionkey', '/v1/events', event({ partitionkey: 'pledge/another' })],
  ['data-base64', 400, '/data_base64', '/v1/events', { ...event(), data: undefined, data_base64: 'e30=' }],
  ['datacontenttype', 400, '/datacontenttype', '/v1/events', event({ datacontenttype: 'application/xml' })],
  ['uri-reference', 400, '/source', '/v1/events', event({ source: 'the desk' })],
  ['attribute-text', 400, '/id', '/v1/events', event({ id: 'one\ntwo' })],
  ['required', 400, '/id', '/v1/events', event({ id: null })],
  ['required', 400, '/data/title', '/v1/events', event({ data: { ...bodyOf(announced()), title: undefined } })],
  ['unknown-parameter', 400, 'dryrun', `${verb('restate')}?dryrun=true`, bodyOf(restated())],
  ['true-or-false', 400, 'dry_run', `${verb('restate')}?dry_run=1`, bodyOf(restated())],
  ['true-or-false', 400, 'dry_run', `${verb('restate')}?dry_run=true&dry_run=true`, bodyOf(restated())],
];

describe.each([...REFUSED, ...MALFORMED])('%s', (rule, status, field, path, body) => {
  it(`is a ${status} that names ${field || 'the body'} and the mend, and writes nothing`, async () => {
    const before = await feedHead(journal.app, 'journal');
    const answered = await producer.refused(path, body);
    expect(answered.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect([answered.status, answered.body.errors]).toEqual([
      status,
      [{ field, rule, detail: expect.stringMatching(/\w.*\.$/), mend: expect.stringMatching(/\w.*\.$/) }],
    ]);
    expect(await feedHead(journal.app, 'journal')).toEqual(before);
  });
});

it('every rule of the domain is seen over HTTP', () => {
  expect(new Set(REFUSED.map(([rule]) => rule))).toEqual(new Set(RULES));
});

it('all mistakes of one request are told at once', async () => {
  const { body } = await producer.refused('/v1/pledges', {
    ...openingOf('a-new-one'),
    titel: 'x',
    occurred: '24 August',
  });
  expect(body.errors.map(({ field }) => field)).toEqual(['/occurred', '/titel']);
  expect(body.errors[1]?.mend).toMatch(/^Did you mean "title"\? Known here: slug, title, /);
});

it('an unknown verb is a 404 that names the verbs', async () => {
  for (const path of ['/v1/pledges/g7-package/sign', '/v1/pledges/g7-package']) {
    const { status, body } = await producer.refused(path, bodyOf(restated()));
    expect([status, body.code, body.errors]).toEqual([
      404,
      'not-found',
      [
        expect.objectContaining({
          field: 'verb',
          rule: 'known-value',
          mend: expect.stringMatching(/one of announce, itemize, .*retract, reinstate;/),
        }),
      ],
    ]);
  }
});

it('an unknown path is a 404 that says where to look', async () => {
  for (const path of ['/v1/gifts', '/v1/pledges/g7-package/restate/again']) {
    const { status, body } = await producer.refused(path, bodyOf(restated()));
    expect([status, body.code, body.errors]).toEqual([
      404,
      'not-found',
      [{ field: 'path', rule: 'path', detail: expect.stringContaining(path), mend: expect.stringMatching(/\/docs/) }],
    ]);
  }
});

it('another method is a 405 that allows those that are served', async () => {
  for (const path of ['/v1/pledges', '/v1/pledges/g7-package/restate', '/v1/events']) {
    const response = await fetch(`${producer.url}${path}`, { method: 'PUT' });
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST']);
  }
});
