import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { promisify } from 'node:util';

/**
 * Other processes of this machine, told by their number: the servers that we start outlive us when we are killed, so
 * whoever comes next knows them by their pid alone.
 */

const run = promisify(execFile);
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** A port of loopback that nobody listens on now. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Whether a condition came to hold within so many milliseconds. */
export async function until(condition: () => boolean | Promise<boolean>, ms: number): Promise<boolean> {
  const deadline = performance.now() + ms;
  while (!(await condition())) {
    if (performance.now() > deadline) return false;
    await pause(20);
  }
  return true;
}

/**
 * A process that has ended but that nobody waits for, as orphans in a container without an init. While a thread of it
 * is still on its way out, its ports and locks may be held: only the last one's end counts.
 */
function isZombie(pid: number): boolean {
  try {
    const [state] = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /s, '');
    return state === 'Z' && readdirSync(`/proc/${pid}/task`).length <= 1;
  } catch {
    return false;
  }
}

/** Whether a process runs, ours or another account's. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  return !isZombie(pid);
}

/** What a process was started as, or `null` where it is gone or the system does not tell. */
export async function commandOf(pid: number): Promise<string | null> {
  try {
    if (process.platform === 'linux') return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
    return (await run('ps', ['-ww', '-p', String(pid), '-o', 'command='])).stdout;
  } catch {
    return null;
  }
}

/** Sends a signal and waits until the process is gone; after so many milliseconds SIGKILL. */
export async function endProcess(pid: number, signal: NodeJS.Signals, ms: number): Promise<void> {
  for (const next of [signal, 'SIGKILL'] as const) {
    if (!isAlive(pid)) return;
    process.kill(pid, next);
    if (await until(() => !isAlive(pid), ms)) return;
  }
  throw new Error(`process ${pid} does not end, not even by SIGKILL`);
}
