import { existsSync, readFileSync, realpathSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { commandOf, isAlive, until } from '../local-process.js';
import { clusterFolder, serverAccount } from './binaries.js';

/** A server that comes up after a crash reads its log through first, which may take long; it is never hurried. */
export const START_MS = 120_000;
const ANSWER_MS = 5_000;

/** postmaster.pid: line 1 pid, 2 folder, 4 port, 8 "ready". Source: PostgreSQL, pidfile.h. */
export function readPidFile(cluster: string): { pid: number; port: number; isReady: boolean } | null {
  const file = path.join(cluster, 'postmaster.pid');
  if (!existsSync(file)) return null;
  const lines = readFileSync(file, 'utf8').split('\n');
  return { pid: Number(lines[0]), port: Number(lines[3]), isReady: lines[7]?.trim() === 'ready' };
}

/**
 * Whether a process is a PostgreSQL server: after a power cut its number may be anybody's. Where the system does not
 * tell what runs, it is taken for one, since a pid file must never be taken from a server.
 */
export async function isPostgres(pid: number): Promise<boolean> {
  return isAlive(pid) && ((await commandOf(pid)) ?? 'postgres').includes('postgres');
}

export const urlAt = (port: number): string => `postgres://postgres@127.0.0.1:${port}/postgres`;

/** Whether the server at an address answers, and stands on this very cluster. */
export async function servesThis(url: string, cluster: string): Promise<boolean> {
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

/** The server that runs on a data folder now, or `null`; one that is coming up, or recovering, is waited for. */
export async function findEmbeddedPostgres(dataDir: string): Promise<{ url: string; pid: number } | null> {
  const cluster = clusterFolder(dataDir, serverAccount());
  const file = readPidFile(cluster);
  if (!file || !(await isPostgres(file.pid))) return null;
  const { pid, port } = file;
  const url = urlAt(port);
  await until(() => !isAlive(pid) || readPidFile(cluster)?.isReady !== false, START_MS);
  const isServed = (): Promise<boolean> => servesThis(url, cluster);
  return (await until(async () => !isAlive(pid) || (await isServed()), ANSWER_MS)) && isAlive(pid)
    ? { url, pid }
    : null;
}
