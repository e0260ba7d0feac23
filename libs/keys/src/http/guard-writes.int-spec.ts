import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { feedHead, readEvent } from '#libs/journal';
import { openingOf } from '../../../../test/support/domain/bodies.js';
import { freshJournal, type TestJournal } from '../../../../test/support/journal.js';
import { startProducer, type TestProducer } from '../../../../test/support/producers.js';

let journal: TestJournal;
let local: TestProducer;
let open: TestProducer;

beforeAll(async () => {
  journal = await freshJournal();
  local = await startProducer(journal.url);
  open = await startProducer(journal.url, undefined, '0.0.0.0');
});

afterAll(async () => {
  await Promise.all([local.close(), open.close()]);
  await journal.close();
});

describe('without a key', () => {
  it('a program of this machine writes, as the machine', async () => {
    expect((await local.post('/v1/pledges', openingOf('local'))).status).toBe(201);
    const event = await readEvent(journal.app, 'journal', 'pledge/local', 1);
    expect(event).toMatchObject({ source: 'urn:litopys:local', actor: 'urn:litopys:local' });
  });

  it.each([
    ['/v1/pledges', openingOf('nobody')],
    ['/v1/pledges/local/restate', {}],
    ['/v1/events', {}],
    ['/v1/pledges', 'no JSON'],
    ['/v1/nothing', {}],
  ])('nothing is written off loopback: POST %s', async (path, body) => {
    const before = await feedHead(journal.app, 'journal');
    const { status, headers, body: problem } = await open.refused(path, body);
    expect([status, headers.get('www-authenticate'), headers.get('content-type')]).toEqual([
      401,
      'Bearer realm="litopys"',
      expect.stringMatching(/^application\/problem\+json/),
    ]);
    expect(problem).toMatchObject({
      code: 'key-missing',
      errors: [{ field: 'Authorization', rule: 'key-needed', mend: expect.stringContaining('litopys keys add') }],
    });
    expect(await feedHead(journal.app, 'journal')).toEqual(before);
  });

  it('a proxy of this machine opens no door', async () => {
    const { status } = await local.refused('/v1/pledges', openingOf('passed-on'), { 'x-forwarded-for': '127.0.0.1' });
    expect(status).toBe(401);
  });

  it('everybody may ask', async () => {
    expect((await fetch(`${open.url}/health/live`)).status).toBe(200);
  });
});
