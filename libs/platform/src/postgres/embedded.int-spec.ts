import { afterAll, afterEach, beforeEach, expect, it } from '@jest/globals';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import pg from 'pg';
import { eventually } from '../../../../test/support/eventually.js';
import { serverAccount } from './binaries.js';
import { type EmbeddedPostgres, findEmbeddedPostgres, startEmbeddedPostgres } from './embedded.js';

let dataDir: string;
let running: EmbeddedPostgres | undefined;
const folders: string[] = [];

beforeEach(() => {
  dataDir = mkdtempSync(path.join(tmpdir(), 'litopys-embedded-'));
  chmodSync(dataDir, 0o755);
  folders.push(dataDir);
});
afterEach(async () => {
  await running?.stop();
  running = undefined;
});
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

async function ask<T>(url: string, statement: string, values: unknown[] = []): Promise<T | undefined> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<T & object>(statement, values)).rows[0];
  } finally {
    await client.end();
  }
}

/** Another process of ours that starts a server on the folder. */
function startElsewhere(): ChildProcess & { stdout: NodeJS.ReadableStream } {
  const { NODE_OPTIONS: _jests, ...env } = process.env;
  const loader = ['--conditions=development', '--import', '@swc-node/register/esm-register'];
  const child = spawn(process.execPath, [...loader, 'test/support/postgres-process.ts', dataDir], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return child;
}

it('starts PostgreSQL 18 that lowers Ukrainian, is found by whoever comes next, and stops', async () => {
  running = await startEmbeddedPostgres({ dataDir });
  const second = await startEmbeddedPostgres({ dataDir });
  expect([running.adopted, second.adopted, second.pid]).toEqual([false, true, running.pid]);
  expect(await ask(second.url, 'select lower($1) as lowered', ['КИЇВ'])).toEqual({ lowered: 'київ' });
  expect(await ask(second.url, 'show server_version')).toMatchObject({
    server_version: expect.stringMatching(/^18\./),
  });
  await second.stop();
  expect(await findEmbeddedPostgres(dataDir)).toBeNull();
}, 60_000);

it('adopts the server whose parent was killed, with all that was committed', async () => {
  const parent = startElsewhere();
  const [line] = (await once(createInterface({ input: parent.stdout }), 'line')) as [string];
  const started = JSON.parse(line) as { url: string; pid: number };
  await ask(started.url, 'create table kept as select 1 as one');
  parent.kill('SIGKILL');
  await once(parent, 'exit');
  running = await startEmbeddedPostgres({ dataDir });
  expect(running).toMatchObject({ ...started, adopted: true });
  expect(await ask(running.url, 'select one from kept')).toEqual({ one: 1 });
}, 60_000);

it('comes up whole where the making of the cluster was killed', async () => {
  const parent = startElsewhere();
  const drafts = (): string[] =>
    readdirSync(dataDir).filter((name) => existsSync(path.join(dataDir, name, 'PG_VERSION')));
  await eventually(() => drafts().length > 0);
  parent.kill('SIGKILL');
  await once(parent, 'exit');
  running = await startEmbeddedPostgres({ dataDir });
  expect(await ask(running.url, "select count(*)::int as made from pg_database where datname = 'postgres'")).toEqual({
    made: 1,
  });
  await eventually(() => readdirSync(dataDir).join() === 'postgres');
}, 60_000);

it('starts beside a pid file that names another program', async () => {
  const first = await startEmbeddedPostgres({ dataDir });
  const file = path.join(dataDir, 'postgres', 'postmaster.pid');
  const lines = readFileSync(file, 'utf8').split('\n');
  await first.stop();
  const account = serverAccount();
  const stranger = spawn('sleep', ['60'], account ?? {});
  writeFileSync(file, [String(stranger.pid), ...lines.slice(1)].join('\n'));
  try {
    running = await startEmbeddedPostgres({ dataDir });
    expect(running).toMatchObject({ adopted: false });
  } finally {
    stranger.kill();
  }
}, 60_000);
