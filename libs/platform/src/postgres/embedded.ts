import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { chownSync, closeSync, existsSync, mkdirSync, openSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { binariesFor, clusterFolder, serverAccount, type Account } from './binaries.js';

const run = promisify(execFile);

export interface EmbeddedOptions {
  readonly dataDir: string;
  /** A free one where it is left out. */
  readonly port?: number;
  /** false gives up durability for speed: for throw-away clusters alone. */
  readonly durable?: boolean;
  /** Further settings of the server, by name. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** A PostgreSQL server of our own. */
export interface EmbeddedPostgres {
  /** Of the superuser, in the database `postgres`; loopback only. */
  readonly url: string;
  readonly pid: number;
  /** Whether it ran before, left by a process that was killed. */
  readonly adopted: boolean;
  stop(): Promise<void>;
}

const START_MS = 30_000;
const STOP_MS = 10_000;
const LOCALE = ['--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'];
const NOT_DURABLE = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };

const urlAt = (port: number): string => `postgres://postgres@127.0.0.1:${port}/postgres`;
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function until(condition: () => boolean | Promise<boolean>, ms: number): Promise<boolean> {
  const deadline = performance.now() + ms;
  while (!(await condition())) {
    if (performance.now() > deadline) return false;
    await pause(20);
  }
  return true;
}

/** postmaster.pid: line 1 pid, 2 folder, 4 port, 8 "ready". Source: PostgreSQL, pidfile.h. */
function readPidFile(cluster: string): { pid: number; port: number; isReady: boolean } | null {
  const file = path.join(cluster, 'postmaster.pid');
  if (!existsSync(file)) return null;
  const lines = readFileSync(file, 'utf8').split('\n');
  return { pid: Number(lines[0]), port: Number(lines[3]), isReady: lines[7]?.trim() === 'ready' };
}

async function servesThis(url: string, cluster: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 3000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ data_directory: string }>('show data_directory');
    return rows[0]?.data_directory === realpathSync(cluster);
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** The server that runs on a data folder now, or `null`. */
export async function findEmbeddedPostgres(dataDir: string): Promise<{ url: string; pid: number } | null> {
  const cluster = clusterFolder(dataDir, serverAccount());
  const file = readPidFile(cluster);
  if (!file || !isAlive(file.pid)) return null;
  const url = urlAt(file.port);
  const isOurs = (): Promise<boolean> => servesThis(url, cluster);
  return (await until(isOurs, 5000)) ? { url, pid: file.pid } : null;
}

async function makeCluster(initdb: string, cluster: string, account: Account | null): Promise<void> {
  if (existsSync(path.join(cluster, 'PG_VERSION'))) return;
  rmSync(cluster, { recursive: true, force: true });
  mkdirSync(path.dirname(cluster), { recursive: true });
  mkdirSync(cluster, { mode: 0o700 });
  if (account) chownSync(cluster, account.uid, account.gid);
  await run(initdb, ['-D', cluster, '-U', 'postgres', '--auth=trust', '--no-sync', ...LOCALE], {
    cwd: cluster,
    ...(account && { uid: account.uid, gid: account.gid }),
  });
}

function spawnServer(
  postgres: string,
  cluster: string,
  account: Account | null,
  port: number,
  options: EmbeddedOptions,
): ChildProcess {
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '200',
    ...(options.durable === false && NOT_DURABLE),
    ...options.settings,
  };
  // A file of the server's own, not a pipe to us: it outlives us.
  const log = openSync(path.join(cluster, 'server.log'), 'a');
  const child = spawn(
    postgres,
    [
      '-D',
      cluster,
      '-p',
      String(port),
      ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ],
    // Detached: Ctrl-C in the terminal reaches us alone, and we stop the server last.
    {
      cwd: cluster,
      detached: true,
      stdio: ['ignore', log, log],
      ...(account && { uid: account.uid, gid: account.gid }),
    },
  );
  closeSync(log);
  child.unref();
  return child;
}

/** SIGINT: roll back, disconnect everybody, write a checkpoint. SIGKILL where that takes longer than ten seconds. */
async function stopServer(pid: number): Promise<void> {
  if (!isAlive(pid)) return;
  process.kill(pid, 'SIGINT');
  if (await until(() => !isAlive(pid), STOP_MS)) return;
  process.kill(pid, 'SIGKILL');
  await until(() => !isAlive(pid), STOP_MS);
}

/**
 * Starts the PostgreSQL that the project's platform package carries on a data folder, or adopts the one that a killed
 * process left running there. As root it runs under an unprivileged account.
 *
 * @throws Error that says the mend where the package is missing or the server does not come up
 */
export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const left = await findEmbeddedPostgres(options.dataDir);
  if (left) return { ...left, adopted: true, stop: () => stopServer(left.pid) };
  const account = serverAccount();
  const { initdb, postgres } = binariesFor(account);
  const cluster = clusterFolder(options.dataDir, account);
  await makeCluster(initdb, cluster, account);
  const port = options.port ?? (await freePort());
  const child = spawnServer(postgres, cluster, account, port, options);
  const pid = child.pid ?? 0;
  const url = urlAt(port);
  const isUp = (): Promise<boolean> => servesThis(url, cluster);
  if (!(await until(async () => child.exitCode !== null || (await isUp()), START_MS)) || child.exitCode !== null) {
    if (child.exitCode === null) await stopServer(pid);
    throw new Error(`PostgreSQL did not come up; its log is ${path.join(cluster, 'server.log')}`);
  }
  return { url, pid, adopted: false, stop: () => stopServer(pid) };
}
