import { crc32 } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { feedHead, readEvent } from '#libs/journal';
import type { Problem } from '#libs/platform';
import { bodyOf, openingOf } from '../../../../test/support/domain/bodies.js';
import { restated } from '../../../../test/support/domain/commands.js';
import { eventually } from '../../../../test/support/eventually.js';
import { freshJournal, type TestJournal } from '../../../../test/support/journal.js';
import { startProducer, type Answered, type TestProducer } from '../../../../test/support/producers.js';
import { makeKey } from '../key-text.js';
import type { Scope } from '#libs/contracts';
import { withKeyStore } from '../store/key-store.js';

let journal: TestJournal;
let local: TestProducer;
let open: TestProducer;

const BEGIN = Date.parse('2025-11-24T10:20:00.000Z');
let passed = 0;
const now = (): string => new Date(BEGIN + passed).toISOString();

beforeAll(async () => {
  journal = await freshJournal();
  local = await startProducer(journal.url);
  open = await startProducer(journal.url, undefined, { host: '0.0.0.0', now });
});

afterAll(async () => {
  await Promise.all([local.close(), open.close()]);
  await journal.close();
});

interface Given {
  readonly owner?: string;
  readonly expiresAt?: Date;
}

async function addKey(
  name: string,
  scopes: readonly Scope[],
  given: Given = {},
): Promise<{ id: string; text: string }> {
  const order = { name, scopes, owner: `urn:litopys:owner:${name}`, expiresAt: null, createdBy: 'test', ...given };
  const { text, key } = await withKeyStore(journal.url, (store) => store.add(order));
  return { id: key.id, text };
}

const withKey = (text: string): Record<string, string> => ({ authorization: `Bearer ${text}` });

const eventOf = (subject: string, slug: string) => ({
  specversion: '1.0',
  id: subject,
  source: 'urn:example:desk',
  type: 'litopys.pledge.announced.v1',
  subject,
  data: openingOf(slug),
});

const challengeOf = ({ headers }: Answered<Problem>): string | null => headers.get('www-authenticate');

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
    const answered = await open.refused(path, body);
    expect([answered.status, challengeOf(answered), answered.headers.get('content-type')]).toEqual([
      401,
      'Bearer realm="litopys"',
      expect.stringMatching(/^application\/problem\+json/),
    ]);
    expect(answered.body).toMatchObject({
      code: 'key-missing',
      errors: [{ field: 'Authorization', rule: 'key-needed', mend: expect.stringContaining('litopys keys add') }],
    });
    expect(await feedHead(journal.app, 'journal')).toEqual(before);
  });

  it('nothing else of a request is looked at first', async () => {
    const answered = await open.refused('/v1/events', 'no event', { 'content-type': 'text/plain' });
    expect(answered.status).toBe(401);
  });

  it('a proxy of this machine opens no door', async () => {
    const { status } = await local.refused('/v1/pledges', openingOf('passed-on'), { 'x-forwarded-for': '127.0.0.1' });
    expect(status).toBe(401);
  });

  it('nothing is written on loopback either, where keys are always wanted', async () => {
    const strict = await startProducer(journal.url, ['pledges'], { writeWithoutKey: 'never' });
    try {
      expect((await strict.refused('/v1/pledges', openingOf('strict'))).body.code).toBe('key-missing');
    } finally {
      await strict.close();
    }
  });

  it('everybody may ask', async () => {
    expect((await fetch(`${open.url}/health/live`)).status).toBe(200);
  });
});

describe('with a key', () => {
  it('what is written is its owner’s, and says by which key', async () => {
    const { id, text } = await addKey('desk', ['append:pledges']);
    expect((await open.post('/v1/pledges', openingOf('by-key'), withKey(text))).status).toBe(201);
    const event = await readEvent(journal.app, 'journal', 'pledge/by-key', 1);
    expect(event).toMatchObject({ source: 'urn:litopys:owner:desk', actor: `urn:litopys:owner:desk#${id}` });
  });

  it('on loopback too it is the owner who writes', async () => {
    const { text } = await addKey('desk-at-home', ['append']);
    expect((await local.post('/v1/pledges', openingOf('at-home'), withKey(text))).status).toBe(201);
    const event = await readEvent(journal.app, 'journal', 'pledge/at-home', 1);
    expect(event?.source).toBe('urn:litopys:owner:desk-at-home');
  });

  it('a CloudEvent keeps its own source', async () => {
    const { id, text } = await addKey('courier', ['append']);
    const event = eventOf('pledge/carried', 'carried');
    expect((await open.post('/v1/events', event, withKey(text))).status).toBe(201);
    expect(await readEvent(journal.app, 'journal', 'pledge/carried', 1)).toMatchObject({
      source: 'urn:example:desk',
      actor: `urn:litopys:owner:courier#${id}`,
    });
  });

  it('two keys of one owner repeat each other; those of two owners do not', async () => {
    const owner = 'https://example.org/desk';
    const [old, young] = [await addKey('old', ['append'], { owner }), await addKey('young', ['append'], { owner })];
    const other = await addKey('other', ['append']);
    const post = (text: string, slug: string) =>
      open.post('/v1/pledges', openingOf(slug), { ...withKey(text), 'idempotency-key': 'telegram 12' });
    expect((await post(old.text, 'rotated')).status).toBe(201);
    expect((await post(young.text, 'rotated')).body['duplicate']).toBe(true);
    expect((await post(other.text, 'not-theirs')).status).toBe(201);
  });

  it('it was used in that hour, and nothing else of it changed', async () => {
    const { id, text } = await addKey('used', ['append']);
    const listed = async () => (await withKeyStore(journal.url, (store) => store.list())).find((one) => one.id === id);
    const before = await listed();
    await open.post('/v1/pledges', openingOf('used'), withKey(text));
    const after = await eventually(listed, (key) => key?.lastUsedAt !== null);
    expect(after).toEqual({ ...before, lastUsedAt: new Date('2025-11-24T10:00:00.000Z') });
  });
});

describe('a key that does not hold', () => {
  const refuse = (headers: Record<string, string>, producer = open): Promise<Answered<Problem>> =>
    producer.refused('/v1/pledges', openingOf('refused'), headers);

  it.each([
    ['that is none', 'key-malformed', () => 'litopys_x'],
    ['with a slip in it', 'key-malformed', () => makeKey().text.replace(/.$/, (last) => (last === '0' ? '1' : '0'))],
    ['that nobody has', 'key-unknown', () => makeKey().text],
  ])('one %s is told as %s, with a challenge', async (_, code, text) => {
    const answered = await refuse(withKey(text()));
    expect([answered.status, answered.body.code]).toEqual([401, code]);
    expect(challengeOf(answered)).toMatch(
      /^Bearer realm="litopys", error="invalid_token", error_description="[\x20-\x21\x23-\x7e]+"$/,
    );
    expect(answered.body.errors[0]).toMatchObject({ field: 'Authorization', mend: expect.any(String) });
  });

  it('is refused on loopback too, and never taken for none', async () => {
    for (const authorization of [`Bearer ${makeKey().text}`, 'Bearer', 'Bearer a b', 'Basic YTpi', ''])
      expect([authorization, (await refuse({ authorization }, local)).status]).toEqual([authorization, 401]);
  });

  it('another’s id does not make a secret good', async () => {
    const [mine, stranger] = [await addKey('mine', ['append']), makeKey()];
    const forged = stranger.text.replace(stranger.id, mine.id);
    expect((await refuse(withKey(forged))).body.code).toBe('key-malformed');
    const body = forged.slice(0, -8);
    const checked = `${body}${crc32(body).toString(16).padStart(8, '0')}`;
    expect((await refuse(withKey(checked))).body.code).toBe('key-unknown');
  });

  it('writes until it expires, and not a moment longer', async () => {
    const { text } = await addKey('short', ['append'], { expiresAt: new Date(BEGIN + 60_000) });
    passed = 59_999;
    expect((await open.post('/v1/pledges', openingOf('in-time'), withKey(text))).status).toBe(201);
    passed = 60_000;
    expect((await refuse(withKey(text))).body.code).toBe('key-expired');
  });

  it('writes no more, five seconds after it was revoked', async () => {
    const { text } = await addKey('leaked', ['append']);
    expect((await open.post('/v1/pledges', openingOf('leaked'), withKey(text))).status).toBe(201);
    await withKeyStore(journal.url, (store) => store.revoke('leaked'));
    passed += 5_000;
    expect((await refuse(withKey(text))).body.code).toBe('key-revoked');
  });
});

describe('a scope', () => {
  it('of one context opens that context, and no other', async () => {
    const { text } = await addKey('pledges-only', ['append:pledges']);
    const headers = withKey(text);
    expect((await open.post('/v1/pledges', openingOf('scoped'), headers)).status).toBe(201);
    expect((await open.post('/v1/pledges/scoped/restate', bodyOf(restated()), headers)).status).toBe(201);
    for (const path of ['/v1/statements', '/v1/statements/x/correct', '/v1/statements/x/unheard-of']) {
      const answered = await open.refused(path, {}, headers);
      expect([path, answered.status, answered.body.code]).toEqual([path, 403, 'scope-missing']);
      expect(challengeOf(answered)).toBe(
        'Bearer realm="litopys", error="insufficient_scope", scope="append:statements"',
      );
      expect(answered.body.errors[0]?.mend).toContain('append:statements');
    }
  });

  it('counts for events by the context of their subject', async () => {
    const { text } = await addKey('statements-only', ['append:statements']);
    const post = (subject: string) =>
      open.refused('/v1/events', eventOf(subject, subject.split('/')[1] ?? ''), withKey(text));
    const answered = await post('pledge/not-mine');
    expect([answered.status, answered.body.errors[0]]).toEqual([
      403,
      expect.objectContaining({ field: '/subject', detail: 'The key has no scope append:pledges.' }),
    ]);
    expect((await post('statement/mine-by-name-alone')).status).toBe(400);
    expect((await post('weather/mine')).status).toBe(400);
  });

  it('counts for each event of a batch, and without it nothing of the batch is taken', async () => {
    const { text } = await addKey('batch-of-pledges', ['append:pledges']);
    const headers = { ...withKey(text), 'content-type': 'application/cloudevents-batch+json' };
    const batch = ['pledge/first', 'statement/second'].map((subject) => eventOf(subject, subject.split('/')[1] ?? ''));
    const before = await feedHead(journal.app, 'journal');
    const answered = await open.refused('/v1/events', batch, headers);
    expect([answered.status, answered.body.errors[0]]).toEqual([
      403,
      expect.objectContaining({ field: '/1/subject', detail: 'The key has no scope append:statements.' }),
    ]);
    expect(await feedHead(journal.app, 'journal')).toEqual(before);
    expect((await open.post('/v1/events', batch.slice(0, 1), headers)).status).toBe(201);
  });

  it('is asked for by every collection of a context', async () => {
    const [pledges, engagements] = [await addKey('p', ['append:pledges']), await addKey('e', ['append:engagements'])];
    const status = async (path: string, text: string) => (await open.refused(path, {}, withKey(text))).status;
    expect([
      await status('/v1/transfers/x/deliver', pledges.text),
      await status('/v1/incidents', engagements.text),
    ]).toEqual([400, 400]);
    expect(await status('/v1/transfers/x/deliver', engagements.text)).toBe(403);
    expect(await status('/v1/transfers?verb=deliver', engagements.text)).toBe(403);
  });

  it('to operate appends nothing', async () => {
    const { text } = await addKey('operator', ['operate']);
    expect((await open.refused('/v1/pledges', openingOf('operated'), withKey(text))).status).toBe(403);
  });

  it('to append is every context’s', async () => {
    const { text } = await addKey('all', ['append']);
    expect((await open.post('/v1/events', eventOf('pledge/of-all', 'of-all'), withKey(text))).status).toBe(201);
  });
});

describe('a limit of three requests a minute', () => {
  let limited: TestProducer;
  beforeAll(async () => {
    limited = await startProducer(journal.url, ['pledges'], { host: '0.0.0.0', rateLimit: 3 });
  });
  afterAll(() => limited.close());

  const send = (text?: string): Promise<Answered<Problem>> =>
    limited.refused('/v1/pledges?dry_run=true', openingOf('limited'), text === undefined ? {} : withKey(text));

  it('counts each key by itself, says what is left, and when to come again', async () => {
    const [one, other] = [await addKey('hasty', ['append']), await addKey('patient', ['append'])];
    const left: (string | null)[] = [];
    for (let at = 0; at < 3; at++) {
      const { status, headers } = await send(one.text);
      expect([status, headers.get('ratelimit-policy')]).toEqual([200, '"writes";q=3;w=60']);
      left.push(headers.get('ratelimit'));
    }
    expect(left).toEqual([2, 1, 0].map((rest) => expect.stringMatching(new RegExp(`^"writes";r=${rest};t=\\d+$`))));
    const refused = await send(one.text);
    expect([refused.status, refused.body.code, refused.body.retriable]).toEqual([429, 'rate-limit', true]);
    expect(refused.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    const seconds = Number(refused.headers.get('retry-after'));
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(60);
    expect((await send(other.text)).status).toBe(200);
  });

  it('counts who has no key by address', async () => {
    const codes = [];
    for (let at = 0; at < 4; at++) codes.push((await send(makeKey().text)).body.code);
    expect(codes).toEqual(['key-unknown', 'key-unknown', 'key-unknown', 'rate-limit']);
    expect((await send()).status).toBe(429);
  });

  it('is none for programs of this machine that need no key', async () => {
    const here = await startProducer(journal.url, ['pledges'], { rateLimit: 3 });
    try {
      for (let at = 0; at < 5; at++)
        expect((await here.post('/v1/pledges?dry_run=true', openingOf('unlimited'))).status).toBe(200);
    } finally {
      await here.close();
    }
  });
});

describe('the keys', () => {
  it('are told to be away, not to be unknown, where the journal is', async () => {
    const lost = await startProducer('postgres://nobody@127.0.0.1:1/nothing');
    try {
      const { status, body } = await lost.refused('/v1/pledges', openingOf('lost'), withKey(makeKey().text));
      expect([status, body.retriable]).toEqual([503, true]);
    } finally {
      await lost.close();
    }
  });

  it.each([
    `insert into access.keys (id, name, secret_hash, scopes, owner, created_at, created_by)
     values ('x', 'x', sha256(''), '{append}', 'x', now(), 'x')`,
    `update access.keys set scopes = '{append}'`,
    `update access.keys set revoked_at = null`,
    `update access.keys set secret_hash = sha256('')`,
    `delete from access.keys`,
    `truncate access.keys`,
  ])('are not the apps’ to change: %s', async (statement) => {
    await expect(journal.app.query(statement)).rejects.toThrow(/permission denied/);
  });

  it('stand in the table as hashes', async () => {
    const { id, text } = await addKey('hashed', ['append']);
    const { rows } = await journal.owner.query<{ row: string }>(
      'select k::text as row from access.keys k where id = $1',
      [id],
    );
    expect(rows[0]?.row).not.toContain(text.split('_')[2]?.slice(0, 64));
  });
});
