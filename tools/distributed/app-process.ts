import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/** An app as a process of its own. */
export interface AppProcess {
  readonly name: string;
  readonly url: string;
  /** Waits until it says that it is ready. @throws Error that tells what it said last, or that it has ended; as aborted */
  untilReady(signal?: AbortSignal): Promise<void>;
  /** SIGTERM, and SIGKILL where that takes longer than ten seconds. */
  stop(): Promise<void>;
}

export interface AppOptions {
  readonly name: string;
  readonly host: string;
  readonly port: number;
  readonly env: Readonly<Record<string, string>>;
  /** Called when it ends without having been told to. */
  readonly onDeath: (name: string, how: string) => void;
}

const READY_MS = 60_000;
const STOP_MS = 10_000;
const LOOK_MS = 100;
const NAME_WIDTH = 11;

const modulePath = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

/** A line of log for eyes; apps write JSON where no terminal is. */
export function readableLine(line: string): string {
  try {
    const { level, context, message } = JSON.parse(line) as Record<string, unknown>;
    if (typeof level !== 'string' || typeof message !== 'string') return line;
    return `${level.toUpperCase()} ${typeof context === 'string' ? `[${context}] ` : ''}${message}`;
  } catch {
    return line;
  }
}

/** Each line behind the name of its process. */
function prefixLines(name: string, from: Readable, to: NodeJS.WritableStream): void {
  createInterface({ input: from }).on('line', (line) =>
    to.write(`${name.padEnd(NAME_WIDTH)}| ${readableLine(line)}\n`),
  );
}

function launch({ name, port, env }: AppOptions): ChildProcess {
  const preload = new URL('./end-with-parent.js', import.meta.url).href;
  const child = spawn(process.execPath, ['--import', preload, modulePath(`../../apps/${name}/src/main.js`)], {
    env: { ...process.env, ...env, PORT: String(port) },
    // Detached: Ctrl-C in the terminal reaches us alone, and we stop them in order.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  if (child.stdout) prefixLines(name, child.stdout, process.stdout);
  if (child.stderr) prefixLines(name, child.stderr, process.stderr);
  return child;
}

async function lookReady(url: string): Promise<{ readonly ready: boolean; readonly said: string }> {
  try {
    const answer = await fetch(`${url}/health/ready`);
    return { ready: answer.ok, said: await answer.text() };
  } catch (error) {
    return { ready: false, said: (error as Error).message };
  }
}

const hasEnded = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;

async function waitUntilReady(name: string, url: string, child: ChildProcess, signal?: AbortSignal): Promise<void> {
  const deadline = performance.now() + READY_MS;
  for (;;) {
    signal?.throwIfAborted();
    if (hasEnded(child)) throw new Error(`${name} has ended before it was ready`);
    const { ready, said } = await lookReady(url);
    if (ready) return;
    if (performance.now() > deadline) throw new Error(`${name} is not ready after ${READY_MS / 1000} s: ${said}`);
    await wait(LOOK_MS);
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const forced = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
  await ended;
  clearTimeout(forced);
}

/** Starts `apps/<name>`, its lines of log behind its name. */
export function startApp(options: AppOptions): AppProcess {
  const { name, host, port, onDeath } = options;
  const child = launch(options);
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
  process.stdout.write(`${name.padEnd(NAME_WIDTH)}| process ${child.pid} at ${url}\n`);
  let stopping = false;
  child.on('exit', (code, signal) => {
    if (!stopping) onDeath(name, signal === null ? `with code ${code}` : `by ${signal}`);
  });
  return {
    name,
    url,
    untilReady: (signal) => waitUntilReady(name, url, child, signal),
    stop() {
      stopping = true;
      return end(child);
    },
  };
}
