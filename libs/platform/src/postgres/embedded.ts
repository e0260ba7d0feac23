import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, existsSync, openSync, rmSync } from 'node:fs';
import path from 'node:path';
import { endProcess, freePort, isAlive, until } from '../local-process.js';
import { binariesFor, clusterFolder, serverAccount, type Account } from './binaries.js';
import { makeCluster } from './cluster.js';
import { findEmbeddedPostgres, isPostgres, readPidFile, servesThis, START_MS, urlAt } from './running.js';

export { findEmbeddedPostgres } from './running.js';

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

const STOP_MS = 10_000;
const NOT_DURABLE = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };

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

/**
 * After a power cut, or in a new container on an old volume, the pid in the file may be another program's, and
 * PostgreSQL would refuse to start. Only then the file goes: of a pid that is nobody's PostgreSQL makes its own sense,
 * since it finds backends that outlived their server by that same file.
 */
async function dropStalePidFile(cluster: string): Promise<void> {
  const file = readPidFile(cluster);
  if (file && isAlive(file.pid) && !(await isPostgres(file.pid)))
    rmSync(path.join(cluster, 'postmaster.pid'), { force: true });
}

/** SIGINT: roll back, disconnect everybody, write a checkpoint. SIGKILL where that takes longer than ten seconds. */
const stopServer = (pid: number): Promise<void> => endProcess(pid, 'SIGINT', STOP_MS);

/** Whether a cluster of ours stands on a data folder, served or not. */
export const hasCluster = (dataDir: string): boolean =>
  existsSync(path.join(clusterFolder(dataDir, serverAccount()), 'PG_VERSION'));

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
  await makeCluster(initdb, cluster, account, options.durable !== false);
  await dropStalePidFile(cluster);
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
