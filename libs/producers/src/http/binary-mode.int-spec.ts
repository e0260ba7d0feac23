import { randomUUID } from 'node:crypto';
import http from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { feedHead, findByIdentity, readStreams } from '#libs/journal';
import type { Problem } from '#libs/platform';
import { openingOf } from '../../../../test/support/domain/bodies.js';
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

const TYPE = 'litopys.pledge.announced.v1';
const headersOf = (slug: string, more: object = {}): Record<string, string> => ({
  'ce-specversion': '1.0',
  'ce-id': slug,
  'ce-source': 'urn:x',
  'ce-type': TYPE,
  'ce-subject': `pledge/${slug}`,
  ...more,
});

/** Sends headers as they are, several under one name too, and none but those; fetch mends what it is given. */
function sendRaw(headers: http.OutgoingHttpHeaders, body: string): Promise<{ status: number; body: Problem }> {
  return new Promise((resolve, reject) => {
    const request = http.request(`${producer.url}/v1/events`, { method: 'POST', headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          body: JSON.parse(Buffer.concat(chunks).toString()) as Problem,
        }),
      );
    });
    request.on('error', reject);
    request.end(body);
  });
}

describe('an event in binary mode', () => {
  it('is taken, its attributes read as the binding has them', async () => {
    const headers = headersOf('binary', {
      'ce-id': 'Euro%20%E2%82%AC%20%F0%9F%98%80',
      'ce-source': '"https://example.org/desk?a=b"',
      'ce-correlationid': 'a "quoted\\" word" %25',
      'ce-time': '2025-06-17T12:00:00+02:00',
      'ce-traceparent': '00-0af7651916cd43dd8448eb211c80319c-b9c7c989f97918e1-01',
      'ce-partitionkey': 'pledge/binary',
    });
    const { status, body } = await producer.post('/v1/events', openingOf('binary'), headers);
    expect([status, body['event'], body['id']]).toEqual([201, 'pledge/binary@1', 'Euro € 😀']);
    const row = await findByIdentity(journal.app, 'journal', 'https://example.org/desk?a=b', 'Euro € 😀');
    expect(row).toMatchObject({ correlationId: 'a quoted" word %', time: '2025-06-17T10:00:00.000Z' });
  });

  it('needs no Content-Type, and may have one with a charset', async () => {
    const text = JSON.stringify(openingOf('untyped'));
    expect((await sendRaw(headersOf('untyped'), text)).status).toBe(201);
    const typed = { ...headersOf('untyped'), 'content-type': 'Application/JSON; charset="UTF-8"' };
    expect(await sendRaw(typed, text)).toMatchObject({ status: 200, body: { duplicate: true } });
  });

  it('is dry-run, and matched with a version', async () => {
    const before = await feedHead(journal.app, 'journal');
    const dry = await producer.post('/v1/events?dry_run=true', openingOf('dry'), headersOf('dry'));
    expect(dry.body).toMatchObject({ event: 'pledge/dry@1', dry_run: true });
    const unmatched = await producer.refused('/v1/events', openingOf('dry'), headersOf('dry', { 'if-match': '"3"' }));
    expect(unmatched.status).toBe(412);
    expect(await feedHead(journal.app, 'journal')).toEqual(before);
  });
});

it('one event by every mode stands once', async () => {
  const [id, source, slug] = [randomUUID(), 'urn:litopys:local', 'one-event'];
  const data = openingOf(slug);
  const event = { specversion: '1.0', id, source, type: TYPE, subject: `pledge/${slug}`, data };
  const sent = [
    await producer.post('/v1/pledges', data, { 'idempotency-key': id }),
    await producer.post('/v1/events', event),
    await producer.post('/v1/events', event, { 'content-type': 'application/cloudevents+json; charset=utf-8' }),
    await producer.post('/v1/events', data, headersOf(slug, { 'ce-id': id, 'ce-source': source })),
    await producer.post(
      '/v1/events',
      { ...event, time: null, partitionkey: `pledge/${slug}` },
      headersOf('ignored', { 'content-type': 'application/cloudevents+json' }),
    ),
  ];
  expect(sent.map(({ status }) => status)).toEqual([201, 200, 200, 200, 200]);
  expect(new Set(sent.map(({ body }) => body['position'])).size).toBe(1);
  expect(await readStreams(journal.app, 'journal', [`pledge/${slug}`])).toHaveLength(1);
});

describe('what is no event in binary mode is refused by the name of the header', () => {
  it.each<[string, object, string, string]>([
    ['no id', { 'ce-id': undefined }, 'ce-id', 'required'],
    ['no specversion', { 'ce-specversion': undefined }, 'ce-specversion', 'required'],
    ['another specversion', { 'ce-specversion': '0.3' }, 'ce-specversion', 'known-value'],
    ['a lone %', { 'ce-id': '100%' }, 'ce-id', 'percent-encoding'],
    ['an overlong space', { 'ce-id': '%C0%A0' }, 'ce-id', 'percent-encoding'],
    ['bytes beyond ASCII', { 'ce-id': 'é' }, 'ce-id', 'percent-encoding'],
    ['a control character', { 'ce-id': '%0A' }, 'ce-id', 'attribute-text'],
    ['an id twice', { 'ce-id': ['1', '2'] }, 'ce-id', 'given-once'],
    ['an unknown type', { 'ce-type': 'litopys.pledge.anounced.v1' }, 'ce-type', 'unknown-type'],
    ['a bad stream', { 'ce-subject': 'pledge' }, 'ce-subject', 'format'],
    ['a bad time', { 'ce-time': 'yesterday' }, 'ce-time', 'format'],
    ['another schema', { 'ce-dataschema': 'urn:other' }, 'ce-dataschema', 'dataschema'],
    ['what the journal adds', { 'ce-position': '7' }, 'ce-position', 'journal-attribute'],
    ['an extension', { 'ce-priority': 'high' }, 'ce-priority', 'unknown-key'],
    ['the data', { 'ce-data': '{}' }, 'ce-data', 'unknown-key'],
    ['the content type', { 'ce-datacontenttype': 'application/json' }, 'ce-datacontenttype', 'datacontenttype'],
  ])('%s', async (_what, more, field, rule) => {
    const before = await feedHead(journal.app, 'journal');
    const given = Object.entries({ ...headersOf('refused'), ...more }).filter(([, value]) => value !== undefined);
    const { status, body } = await sendRaw(Object.fromEntries(given), JSON.stringify(openingOf('refused')));
    expect([status, body.errors]).toEqual([400, [expect.objectContaining({ field, rule, mend: expect.any(String) })]]);
    expect(await feedHead(journal.app, 'journal')).toEqual(before);
  });

  it('or by the pointer into its body', async () => {
    const data = { ...openingOf('refused'), category: 'militry' };
    const { body } = await producer.refused('/v1/events', data, headersOf('refused'));
    expect(body.errors).toEqual([expect.objectContaining({ field: '/category', rule: 'known-value' })]);
    const empty = await producer.refused('/v1/events', '[]', headersOf('refused'));
    expect(empty.body.errors).toEqual([expect.objectContaining({ field: '', rule: 'type' })]);
  });

  it.each([
    'application/xml',
    'application/ld+json',
    'application/json; charset=koi8-u',
    'application/cloudevents+avro',
    'nothing',
  ])('data as %s is a 415 that names what is taken', async (type) => {
    const headers = headersOf('refused', { 'content-type': type });
    const { status, body } = await producer.refused('/v1/events', openingOf('refused'), headers);
    expect([status, body.errors]).toEqual([
      415,
      [
        expect.objectContaining({
          field: 'Content-Type',
          rule: 'content-type',
          mend: expect.stringMatching(/application\/cloudevents\+json.* or application\/json, in UTF-8\.$/),
        }),
      ],
    ]);
  });

  it('a route of one verb takes no CloudEvent, whose id it would lose', async () => {
    const { status, body } = await producer.refused('/v1/pledges', openingOf('verb'), headersOf('verb'));
    expect([status, body.errors[0]]).toEqual([
      400,
      expect.objectContaining({ rule: 'no-cloudevent', mend: expect.stringContaining('/v1/events') }),
    ]);
  });
});
