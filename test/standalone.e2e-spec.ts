import { execFile } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import pg from 'pg';
import { findEmbeddedPostgres } from '#libs/platform';
import { readHistory } from '#libs/setup';
import { answersOf } from './support/same-answers.js';
import { endScripts, freePorts, freshDataDir, runScript, startScript, type Script } from './support/script.js';

jest.setTimeout(180_000);

const MAIN = 'apps/standalone/src/main.js';
const CLI = 'apps/cli/src/main.js';
const THE_DAY = '/v1/entries?occurred_from=2025-08-24&occurred_to=2025-08-24';
const all = readHistory().length;

const dataDir = freshDataDir();
let env: Record<string, string>;
let url: string;

beforeAll(async () => {
  const port = await freePorts(1);
  env = { DATA_DIR: dataDir, PORT: String(port) };
  url = `http://127.0.0.1:${port}`;
});

afterAll(async () => {
  await endScripts();
  rmSync(dataDir, { recursive: true, force: true });
});

async function startedAndReady(): Promise<Script> {
  const script = startScript(MAIN, env);
  await script.untilSaid('Litopys is ready');
  return script;
}

/** How many events the journal has by now; 0 while there is none. */
async function eventsThere(): Promise<number> {
  const server = await findEmbeddedPostgres(dataDir).catch(() => null);
  if (!server) return 0;
  const client = new pg.Client({ connectionString: server.url });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ n: number }>('select count(*)::int as n from journal.events');
    return rows[0]?.n ?? 0;
  } catch {
    return 0;
  } finally {
    await client.end().catch(() => undefined);
  }
}

const litopys = (...args: string[]): Promise<{ code: number | null; said: string }> => runScript(CLI, env, args);

it('killed while it loads the history, the next start adopts its database, loads the rest and no more', async () => {
  const first = startScript(MAIN, env);
  while ((await eventsThere()) === 0 && !first.said().includes('ready'));
  first.signal('SIGKILL');
  await first.ended;
  const before = await eventsThere();
  expect(before).toBeGreaterThan(0);
  const second = await startedAndReady();
  if (before < all) expect(second.said()).toContain(`${all - before} events of the history loaded`);
  expect(await eventsThere()).toBe(all);
  second.signal('SIGKILL');
  await second.ended;
});

it('after a kill -9 it answers as before, with nothing loaded again', async () => {
  const script = await startedAndReady();
  expect(script.said()).toContain(`${all} events\n`);
  const paths = [THE_DAY, '/v1/pledges/2025-g7-military-package'];
  const before = await answersOf(url, paths);
  script.signal('SIGKILL');
  await script.ended;
  const again = await startedAndReady();
  expect(await answersOf(url, paths)).toEqual(before);
  again.signal('SIGINT');
  expect(await again.ended).toBe(0);
  expect(await findEmbeddedPostgres(dataDir)).toBeNull();
});

it('the command line says that nothing runs, and how to start it', async () => {
  const { code, said } = await litopys('entries');
  expect([code, said]).toEqual([3, expect.stringContaining('npm start')]);
});

it('a running one is found by the command line, and named to whoever starts a second', async () => {
  const script = await startedAndReady();
  const second = await runScript(MAIN, { ...env, PORT: String(await freePorts(1)) });
  expect([second.code, second.said]).toEqual([1, expect.stringContaining(`process ${script.pid} `)]);

  const { entries } = (await (await fetch(`${url}${THE_DAY}`)).json()) as { entries: { entry: string }[] };
  const listed = JSON.parse(
    (await litopys('entries', '--occurred-from', '2025-08-24', '--occurred-to', '2025-08-24', '--json')).said,
  ) as { entries: { entry: string; citations: object[] }[] };
  expect(listed.entries.map(({ entry }) => entry)).toEqual(entries.map(({ entry }) => entry));
  expect(listed.entries.length).toBeGreaterThanOrEqual(8);
  for (const { citations } of listed.entries) expect(citations.length).toBeGreaterThan(0);

  expect(await litopys('ledger', '2025-g7-military-package')).toMatchObject({
    code: 0,
    said: expect.stringContaining('2,000,000,000'),
  });
  expect(await litopys('events', '--limit', '2', '--csv')).toMatchObject({
    code: 0,
    said: expect.stringMatching(/^position,.*\n1,.*\n2,.*\n$/),
  });
  expect(await litopys('verify', '--json')).toMatchObject({
    code: 0,
    said: expect.stringContaining(`"events":${all}`),
  });
  const digest = await litopys('views', 'digest', '--json');
  expect((await litopys('rebuild')).code).toBe(0);
  const rebuilt = await litopys('views', 'digest', '--json');
  expect(digestIn(rebuilt.said)).toBe(digestIn(digest.said));
  expect(await litopys('migrate')).toEqual({ code: 0, said: 'nothing to do\n' });

  const file = path.join(dataDir, 'some.ndjson');
  const [known = ''] = readFileSync('events/history/2025-06.ndjson', 'utf8').split('\n');
  writeFileSync(file, [known, '', '{"specversion":"1.0"}', known.replace('CAD', 'USD')].join('\n'));
  const sent = await litopys('append', file);
  expect(sent).toMatchObject({ code: 1, said: expect.stringContaining('0 appended, 1 there already, 2 refused') });
  expect(sent.said).toMatch(/^line 3: .*\n[^]*^line 4: .* is taken by /m);

  expect((await litopys('entries', '--party', 'nobody')).code).toBe(2);
  expect((await litopys('frobnicate')).code).toBe(2);
  expect((await litopys('ledger', 'no-such-pledge')).code).toBe(1);
  script.signal('SIGTERM');
  expect(await script.ended).toBe(0);
});

/** What the README tells its reader to type while `npm start` runs. */
const shown = [...readFileSync('README.md', 'utf8').matchAll(/^```sh\n(.*?)^```/gms)]
  .flatMap(([, block = '']) => block.trimEnd().split('\n'))
  .filter((line) => !line.startsWith('npm '));

it('every command that the README shows does what it says there', async () => {
  const script = await startedAndReady();
  expect(shown.length).toBeGreaterThan(10);
  for (const line of shown) {
    const typed = line.replace('npx litopys', `node dist/${CLI}`).replace('http://127.0.0.1:3000', url);
    const { NODE_OPTIONS: _jest, ...inherited } = process.env;
    const { stdout } = await promisify(execFile)('sh', ['-c', typed], { env: { ...inherited, ...env } });
    expect([line, stdout]).toEqual([line, expect.stringMatching(/./)]);
    expect([line, stdout]).toEqual([line, expect.not.stringContaining('urn:litopys:problem')]);
  }
  script.signal('SIGTERM');
  expect(await script.ended).toBe(0);
});

const digestIn = (text: string): string => (JSON.parse(text) as { digest: string }).digest;
