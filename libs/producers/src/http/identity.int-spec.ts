import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { feedHead, readStreams } from '#libs/journal';
import { bodyOf, openingOf } from '../../../../test/support/domain/bodies.js';
import { restated } from '../../../../test/support/domain/commands.js';
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

const versions = async (stream: string) => (await readStreams(journal.app, 'journal', [stream])).length;

describe('a repeat under one Idempotency-Key', () => {
  it.each([
    ['a UUID', randomUUID()],
    ['any text', 'desk 7, telegram 12'],
  ])('%s is answered with the first result', async (_, key) => {
    const slug = `repeat-${key.length}`;
    const headers = { 'idempotency-key': key };
    const first = await producer.post('/v1/pledges', openingOf(slug), headers);
    await producer.post(`/v1/pledges/${slug}/restate`, bodyOf(restated()));
    const again = await producer.post('/v1/pledges', openingOf(slug), headers);
    expect([first.status, again.status]).toEqual([201, 200]);
    expect(again.body).toEqual({ ...first.body, duplicate: true });
    expect(again.headers.get('etag')).toBe('"1"');
    expect(again.headers.get('location')).toBe(first.headers.get('location'));
    expect(await versions(`pledge/${slug}`)).toBe(2);
  });

  it('is the event of that id, when the key is a UUID', async () => {
    const key = randomUUID();
    const { body } = await producer.post('/v1/pledges', openingOf('by-uuid'), { 'idempotency-key': key.toUpperCase() });
    expect(body['id']).toBe(key);
  });

  it('is known to every producer, and by its meaning, not its bytes', async () => {
    const headers = { 'idempotency-key': 'one meaning' };
    await producer.post('/v1/pledges', openingOf('one-meaning'), headers);
    const other = await startProducer(journal.url);
    try {
      const reversed = Object.fromEntries(Object.entries(openingOf('one-meaning')).reverse());
      const again = await other.post('/v1/pledges', JSON.stringify(reversed, null, 4), headers);
      expect([again.status, again.body['duplicate']]).toEqual([200, true]);
    } finally {
      await other.close();
    }
  });

  it('is a duplicate whatever If-Match says, and in a dry run', async () => {
    const headers = { 'idempotency-key': 'matched', 'if-match': '"0"' };
    await producer.post('/v1/pledges', openingOf('matched'), headers);
    expect((await producer.post('/v1/pledges', openingOf('matched'), headers)).body['duplicate']).toBe(true);
    expect((await producer.post('/v1/pledges?dry_run=true', openingOf('matched'), headers)).body['duplicate']).toBe(
      true,
    );
  });

  it('with another meaning is a conflict, before any other refusal', async () => {
    const headers = { 'idempotency-key': 'two meanings' };
    await producer.post('/v1/pledges', openingOf('two-meanings'), headers);
    for (const other of [openingOf('two-meanings', { title: 'Another' }), openingOf('yet-another')]) {
      const { status, body } = await producer.refused('/v1/pledges', other, headers);
      expect([status, body.code, body.errors]).toEqual([
        409,
        'identity-conflict',
        [expect.objectContaining({ field: 'Idempotency-Key', mend: expect.stringMatching(/another Idempotency-Key/) })],
      ]);
    }
    expect(await versions('pledge/yet-another')).toBe(0);
  });

  it('sent at once from everywhere stands once', async () => {
    const headers = { 'idempotency-key': 'at once' };
    await producer.post('/v1/pledges', openingOf('at-once'));
    const send = () => producer.post('/v1/pledges/at-once/restate', bodyOf(restated()), headers);
    const answers = await Promise.all(Array.from({ length: 10 }, send));
    expect(answers.map(({ status }) => status).sort()).toEqual([...Array.from({ length: 9 }, () => 200), 201]);
    expect(new Set(answers.map(({ body }) => body['event']))).toEqual(new Set(['pledge/at-once@2']));
    expect(await versions('pledge/at-once')).toBe(2);
  });

  it.each(['', 'ключ'.replaceAll(/./g, 'é'), 'x'.repeat(201)])('is refused under the unusable key %p', async (key) => {
    const { status, body } = await producer.refused('/v1/pledges', openingOf('unusable'), { 'idempotency-key': key });
    expect([status, body.errors[0]?.rule]).toEqual([400, 'idempotency-key']);
  });

  it('of a CloudEvent is told by its own id', async () => {
    const event = {
      specversion: '1.0',
      id: 'own-id',
      source: 'urn:x',
      type: 'litopys.pledge.announced.v1',
      subject: 'pledge/own-id',
      data: openingOf('own-id'),
    };
    const { status, body } = await producer.refused('/v1/events', event, { 'idempotency-key': 'another' });
    expect([status, body.errors[0]?.rule]).toEqual([400, 'idempotency-key']);
    expect((await producer.post('/v1/events', event, { 'idempotency-key': 'own-id' })).status).toBe(201);
    const other = await producer.refused('/v1/events', { ...event, data: openingOf('own-id', { title: 'Another' }) });
    expect([other.status, other.body.errors[0]]).toEqual([
      409,
      expect.objectContaining({ rule: 'identity-conflict', field: '/id' }),
    ]);
  });
});

describe('without a key', () => {
  it('the same request twice is two events', async () => {
    await producer.post('/v1/pledges', openingOf('twice'));
    for (const _ of [1, 2])
      expect((await producer.post('/v1/pledges/twice/restate', bodyOf(restated()))).status).toBe(201);
    expect(await versions('pledge/twice')).toBe(3);
  });
});

describe('If-Match', () => {
  it('lets an event through at that version alone', async () => {
    await producer.post('/v1/pledges', openingOf('matching'));
    const send = (version: string) =>
      producer.refused('/v1/pledges/matching/restate', bodyOf(restated()), { 'if-match': version });
    expect((await send('"1"')).status).toBe(201);
    const { status, body } = await send('"1"');
    expect([status, body.code, body.errors[0]]).toEqual([
      412,
      'wrong-version',
      {
        field: 'If-Match',
        rule: 'wrong-version',
        detail: 'pledge/matching is at version 2, not 1.',
        mend: expect.stringContaining('If-Match: "2"'),
      },
    ]);
    expect(await versions('pledge/matching')).toBe(2);
  });

  it('lets one of many through', async () => {
    await producer.post('/v1/pledges', openingOf('one-of-many'));
    const send = () => producer.post('/v1/pledges/one-of-many/restate', bodyOf(restated()), { 'if-match': '"1"' });
    const answers = await Promise.all(Array.from({ length: 10 }, send));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array.from({ length: 9 }, () => 412)]);
  });

  it.each(['1', '*', 'W/"1"', '"1", "2"', '"x"'])('%s is refused', async (value) => {
    const { status, body } = await producer.refused('/v1/pledges', openingOf('unmatched'), { 'if-match': value });
    expect([status, body.errors[0]?.rule]).toEqual([400, 'if-match']);
  });
});

describe('dry_run=true', () => {
  it('decides and tells, and appends nothing', async () => {
    const before = await feedHead(journal.app, 'journal');
    const { status, headers, body } = await producer.post(
      '/v1/pledges?dry_run=true',
      openingOf('dry', { known_since: undefined }),
    );
    expect([status, body]).toEqual([
      200,
      {
        event: 'pledge/dry@1',
        id: expect.any(String),
        stream: 'pledge/dry',
        version: 1,
        position: null,
        duplicate: false,
        dry_run: true,
        known_since: '2025-06-17',
        known_basis: 'presumed',
      },
    ]);
    expect(headers.get('location')).toBeNull();
    expect((await producer.refused('/v1/pledges/dry/restate?dry_run=true', bodyOf(restated()))).body.code).toBe(
      'stream-not-open',
    );
    expect((await producer.refused('/v1/pledges?dry_run=true', {})).status).toBe(400);
    expect(await feedHead(journal.app, 'journal')).toEqual(before);
  });

  it('may be false', async () => {
    expect((await producer.post('/v1/pledges?dry_run=false', openingOf('not-dry'))).status).toBe(201);
  });
});
