import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { feedHead, type FeedHead } from '#libs/journal';
import { openingOf } from '../../../../test/support/domain/bodies.js';
import { freshJournal, type TestJournal } from '../../../../test/support/journal.js';
import { startProducer, type TestProducer } from '../../../../test/support/producers.js';
import { MAX_EVENT_BYTES } from '../limits.js';

let journal: TestJournal;
let producer: TestProducer;
let before: FeedHead;

beforeAll(async () => {
  journal = await freshJournal();
  producer = await startProducer(journal.url);
});

afterAll(async () => {
  await producer.close();
  await journal.close();
});

beforeEach(async () => {
  before = await feedHead(journal.app, 'journal');
});

afterEach(async () => {
  // Nothing that is malformed is written, and the process goes on.
  expect(await feedHead(journal.app, 'journal')).toEqual(before);
  expect((await fetch(`${producer.url}/health/ready`)).status).toBe(200);
});

const good = JSON.stringify(openingOf('malformed'));
const withText = (text: string) => good.replace('"Told"', text);

describe('a body that means nothing, or several things', () => {
  it.each([
    ['no JSON', '{"title":', 'json', ''],
    ['nothing', '', 'json', ''],
    ['two values', `${good}${good}`, 'json', ''],
    ['a comment', good.replace('{', '{/*x*/'), 'json', ''],
    ['NaN', withText('NaN'), 'json', ''],
    ['a key twice', good.replace('{', '{"title":"a",'), 'duplicate-key', '/title'],
    ['a key twice by escapes', good.replace('{', '{"t\\u0069tle":"a",'), 'duplicate-key', '/title'],
    ['U+0000', withText('"a\\u0000"'), 'no-nul', '/title'],
    ['half a surrogate pair', withText('"\\ud83d"'), 'no-lone-surrogate', '/title'],
    ['2 to the 53rd', withText('9007199254740992'), 'safe-number', '/title'],
    ['1e999', withText('1e999'), 'safe-number', '/title'],
    ['nesting without end', '['.repeat(5000) + ']'.repeat(5000), 'depth', '/0'.repeat(32)],
    ['a prototype', good.replace('{', '{"__proto__":{"admin":true},'), 'unknown-key', '/__proto__'],
    [
      'a prototype far below',
      good.replace('"citations":[{', '"citations":[{"says":{"/a":{"__proto__":1}},'),
      'unknown-key',
      '/citations/0/says/~1a/__proto__',
    ],
    ['a constructor', good.replace('{', '{"constructor":{"prototype":{}},'), 'unknown-key', '/constructor'],
  ])('%s is refused by name', async (_, body, rule, field) => {
    const { status, body: problem } = await producer.refused('/v1/pledges', body);
    expect([status, problem.errors]).toEqual([
      400,
      [expect.objectContaining({ rule, field, mend: expect.any(String) })],
    ]);
  });

  it.each([
    ['an array', '[]'],
    ['a text', '"x"'],
    ['null', 'null'],
  ])('%s is no event', async (_, body) => {
    expect((await producer.refused('/v1/pledges', body)).body.errors[0]).toMatchObject({ rule: 'type', field: '' });
    expect((await producer.refused('/v1/events', body)).body.errors[0]).toMatchObject({ rule: 'type', field: '' });
  });

  it('bytes that are no UTF-8 are refused', async () => {
    // A surrogate written as three bytes, which a lenient reader makes U+FFFD of.
    const body = Buffer.concat([
      Buffer.from(good.slice(0, -1)),
      Buffer.from(',"summary":"'),
      Buffer.from([0xed, 0xa0, 0xbd]),
      Buffer.from('"}'),
    ]);
    const { status, body: problem } = await producer.refused('/v1/pledges', new Uint8Array(body));
    expect([status, problem.errors[0]?.rule]).toEqual([400, 'utf-8']);
  });
});

describe('a body that is no event', () => {
  it.each([
    undefined,
    'text/plain',
    'application/xml',
    'application/cloudevents+json',
    'application/cloudevents-batch+json',
    'multipart/form-data; boundary=x',
    'application/x-www-form-urlencoded',
  ])('of the content type %s is a 415 that names those that are taken', async (type) => {
    const response = await fetch(`${producer.url}/v1/pledges`, {
      method: 'POST',
      headers: type === undefined ? {} : { 'content-type': type },
      body: Buffer.from(good),
    });
    expect(response.status).toBe(415);
    expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(await response.json()).toMatchObject({
      errors: [
        {
          field: 'Content-Type',
          rule: 'content-type',
          mend: 'Send the body as application/json, in UTF-8.',
        },
      ],
    });
  });

  it.each(['gzip', 'br', 'identity, gzip', 'x'])(
    'in the encoding %s is a 415 that says which is taken',
    async (encoding) => {
      const answer = await producer.refused('/v1/pledges', good, { 'content-encoding': encoding });
      expect([answer.status, answer.headers.get('accept-encoding')]).toEqual([415, 'identity']);
      expect(answer.body.errors).toEqual([
        expect.objectContaining({ field: 'Content-Encoding', rule: 'content-encoding' }),
      ]);
    },
  );

  it('no body at all is a 400', async () => {
    const response = await fetch(`${producer.url}/v1/pledges`, { method: 'POST' });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ errors: [{ rule: 'required' }] });
  });
});

describe('a body beyond 256 KiB', () => {
  it('is a 413, whether its length is told or not', async () => {
    const large = withText(`"${'x'.repeat(1024 * 1024)}"`);
    expect((await producer.refused('/v1/pledges', large)).body).toMatchObject({
      status: 413,
      code: 'too-large',
      errors: [{ rule: 'event-size', detail: `The body has more than ${MAX_EVENT_BYTES} bytes.` }],
    });
    const chunks = new Blob([large]).stream();
    const options: object = {
      method: 'POST',
      body: chunks,
      duplex: 'half',
      headers: { 'content-type': 'application/json' },
    };
    const response = await fetch(`${producer.url}/v1/pledges`, options);
    expect(response.status).toBe(413);
  });

  it('is refused from the first byte on', async () => {
    const padded = (bytes: number) => good.padEnd(bytes, ' ').replace('"Told"', '7'.padEnd(6, ' '));
    expect((await producer.refused('/v1/pledges', padded(MAX_EVENT_BYTES))).status).toBe(400);
    expect((await producer.refused('/v1/pledges', padded(MAX_EVENT_BYTES + 1))).status).toBe(413);
  });
});
