import { networkInterfaces } from 'node:os';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { readEvent } from '#libs/journal';
import type { Problem } from '#libs/platform';
import { spawnProcess, type AppProcess } from './broker/app-process.js';
import { litopys } from './support/command.js';
import { bodyOf, openingOf } from './support/domain/bodies.js';
import { issued } from './support/domain/commands.js';
import { eventually } from './support/eventually.js';
import { freshJournal, type TestJournal } from './support/journal.js';

/** A producer that listens for everybody, as in a container: keys made by the command line, used over the network. */
const RATE_LIMIT = 40;

let journal: TestJournal;
let producer: AppProcess;
let url: string;
const closers: (() => Promise<unknown>)[] = [];

/** An address of this machine that is not loopback, where it has one: what others reach it by. */
function outwardAddress(): string {
  const found = Object.values(networkInterfaces())
    .flatMap((one) => one ?? [])
    .find(({ internal, family }) => !internal && family === 'IPv4');
  return found?.address ?? '127.0.0.1';
}

beforeAll(async () => {
  journal = await freshJournal();
  const world = { onClose: (close: () => Promise<unknown>) => void closers.push(close) };
  const env = { JOURNAL_URL: journal.url, HOST: '0.0.0.0', RATE_LIMIT: String(RATE_LIMIT) };
  producer = await spawnProcess(world, 'pledges', env);
  await eventually(
    () => producer.ready(),
    ({ status }) => status === 200,
  );
  url = producer.url.replace('127.0.0.1', outwardAddress());
}, 60_000);

afterAll(async () => {
  for (const close of closers) await close();
  await journal.close();
});

const keys = (...args: string[]): ReturnType<typeof litopys> => litopys({ DATABASE_URL: journal.url }, 'keys', ...args);

async function addKey(name: string, ...args: string[]): Promise<string> {
  const { code, said } = await keys('add', name, ...args);
  expect([code, said]).toEqual([0, expect.stringMatching(/^litopys_\S+\n$/)]);
  return said.trim();
}

interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly problem: Problem;
}

async function post(path: string, body: unknown, key?: string): Promise<Answered> {
  const headers = { 'content-type': 'application/json', ...(key !== undefined && { authorization: `Bearer ${key}` }) };
  const answer = await fetch(`${url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  return { status: answer.status, headers: answer.headers, problem: (await answer.json()) as Problem };
}

const announce = (slug: string, key?: string): Promise<Answered> => post('/v1/pledges', openingOf(slug), key);

it('writes for who has a key with the scope, until it is revoked, and tells the journal who that was', async () => {
  const none = await announce('by-nobody');
  expect([none.status, none.headers.get('www-authenticate'), none.problem.code]).toEqual([
    401,
    'Bearer realm="litopys"',
    'key-missing',
  ]);

  const statements = await addKey('statements-desk', '--scope', 'append:statements');
  const narrow = await announce('by-another', statements);
  expect([narrow.status, narrow.problem.code, narrow.problem.detail]).toEqual([
    403,
    'scope-missing',
    'The key has no scope append:pledges.',
  ]);

  const key = await addKey('desk', '--scope', 'append:pledges', 'operate', '--expires', '30d');
  expect((await announce('by-desk', key)).status).toBe(201);
  expect(await readEvent(journal.app, 'journal', 'pledge/by-desk', 1)).toMatchObject({
    source: 'urn:litopys:owner:desk',
    actor: `urn:litopys:owner:desk#${key.split('_')[1]}`,
  });

  expect((await keys('revoke', 'desk')).said).toMatch(/is revoked; in 5 seconds at most it writes no more/);
  const refused = await eventually(
    () => post('/v1/pledges?dry_run=true', openingOf('too-late'), key),
    ({ status }) => status === 401,
    10,
  );
  expect(refused.problem.code).toBe('key-revoked');
}, 60_000);

it('takes an event of any context from a key that has its scope', async () => {
  const key = await addKey('courier', '--scope', 'append:statements', '--owner', 'https://example.org/courier');
  const event = {
    specversion: '1.0',
    id: 'carried',
    source: 'urn:example:agency',
    type: 'litopys.statement.issued.v1',
    subject: 'statement/carried',
    data: bodyOf(issued({ slug: 'carried' })),
  };
  expect((await post('/v1/events', event, key)).status).toBe(201);
  expect(await readEvent(journal.app, 'journal', 'statement/carried', 1)).toMatchObject({
    source: 'urn:example:agency',
    actor: `https://example.org/courier#${key.split('_')[1]}`,
  });
});

it('takes so many requests a minute of one key, and says when to come again', async () => {
  const key = await addKey('hasty', '--scope', 'append');
  const first = await post('/v1/pledges?dry_run=true', openingOf('hasty'), key);
  expect([first.status, first.headers.get('ratelimit-policy')]).toEqual([200, `"writes";q=${RATE_LIMIT};w=60`]);
  const last = await eventually(
    () => post('/v1/pledges?dry_run=true', openingOf('hasty'), key),
    ({ status }) => status === 429,
  );
  expect(last.problem).toMatchObject({ code: 'rate-limit', retriable: true });
  expect([last.headers.get('ratelimit'), Number(last.headers.get('retry-after')) > 0]).toEqual([
    expect.stringMatching(/^"writes";r=0;t=\d+$/),
    true,
  ]);
}, 60_000);

it('the command line tells what became of each key, and no secret', async () => {
  const key = await addKey('listed', '--scope', 'append');
  const { said } = await keys('list');
  expect(said).toMatch(/^id +name +standing +scopes +owner +created +expires +last used +revoked$/m);
  expect(said).toMatch(/^\w+ +desk +revoked +append:pledges operate +urn:litopys:owner:desk /m);
  expect(said).toMatch(new RegExp(`^${key.split('_')[1]} +listed +holds +append +urn:litopys:owner:listed `, 'm'));
  expect(said).not.toContain(key.split('_')[2]);
  const listed = JSON.parse((await keys('list', '--json')).said) as { name: string; last_used_at: string | null }[];
  expect(listed.find(({ name }) => name === 'hasty')?.last_used_at).toMatch(/:00:00\.000Z$/);
  expect((await keys('list', '--csv')).said).toMatch(/^id,name,standing,/);
});

it('the command line refuses what makes no key, by exit code', async () => {
  await addKey('twice', '--scope', 'append');
  expect(await keys('add', 'twice', '--scope', 'append')).toEqual({
    code: 1,
    said: expect.stringMatching(/named twice already/),
  });
  for (const args of [
    ['add', 'no-scope'],
    ['add', 'bad-scope', '--scope', 'append:weather'],
    ['add', 'two words', '--scope', 'append'],
    ['add', 'late', '--scope', 'append', '--expires', '2020-01-01'],
    ['add', 'unowned', '--scope', 'append', '--owner', 'somebody'],
  ])
    expect([args, (await keys(...args)).code]).toEqual([args, 2]);
  expect((await keys('revoke', 'nobody')).code).toBe(1);
});
