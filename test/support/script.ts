import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { eventually } from './eventually.js';

/** A script of ours as whoever uses it runs it: built, as a process of its own. */
export interface Script {
  readonly pid: number;
  /** All that it has written so far, to either stream. */
  readonly said: () => string;
  readonly untilSaid: (text: string, seconds?: number) => Promise<void>;
  readonly signal: (signal: NodeJS.Signals) => void;
  /** The code that it ended with; null where a signal ended it. */
  readonly ended: Promise<number | null>;
}

type Environment = Readonly<Record<string, string>>;

/** The environment of this run without what would lead a script elsewhere. */
function environment(own: Environment): NodeJS.ProcessEnv {
  const { NODE_OPTIONS: _jest, ...rest } = process.env;
  const others = [
    'DATABASE_URL',
    'JOURNAL_URL',
    'VIEWS_URL',
    'KAFKA_BROKERS',
    'KAFKA_TOPIC',
    'KAFKA_INTAKE_TOPIC',
    'KAFKA_REJECTED_TOPIC',
    'PORT',
    'HOST',
    'LANES',
  ];
  return { ...Object.fromEntries(Object.entries(rest).filter(([name]) => !others.includes(name))), ...own };
}

const running = new Set<Script>();

/** Starts `dist/<script>`. */
export function startScript(script: string, env: Environment, args: readonly string[] = []): Script {
  const child = spawn(process.execPath, [path.resolve('dist', script), ...args], { env: environment(env) });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += String(text)));
  let code: number | null | undefined;
  const ended = once(child, 'close').then(([exitCode]) => (code = exitCode as number | null));
  const started: Script = {
    pid: child.pid ?? 0,
    said: () => said,
    untilSaid: async (text, seconds = 60) => {
      await eventually(() => said.includes(text) || code !== undefined, Boolean, seconds);
      if (!said.includes(text)) throw new Error(`it ended with ${code} before it said "${text}":\n${said}`);
    },
    signal: (signal) => void child.kill(signal),
    ended,
  };
  running.add(started);
  void ended.then(() => running.delete(started));
  return started;
}

/** Runs `dist/<script>` to its end. */
export async function runScript(
  script: string,
  env: Environment,
  args: readonly string[] = [],
): Promise<{ readonly code: number | null; readonly said: string }> {
  const started = startScript(script, env, args);
  return { code: await started.ended, said: started.said() };
}

/** Ends what a failing test has left running; what is started by it ends with it. */
export async function endScripts(): Promise<void> {
  for (const script of running) script.signal('SIGTERM');
  await Promise.all([...running].map((script) => script.ended));
}

/** A data folder of a test's own, which the database's account may enter. */
export function freshDataDir(): string {
  const dir = mkdtempSync(path.join(tmpdir(), 'litopys-e2e-'));
  chmodSync(dir, 0o755);
  return dir;
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

/** The first of so many ports in a row that nobody listens on. */
export async function freePorts(count: number): Promise<number> {
  for (let tries = 0; tries < 50; tries++) {
    const first = 20_000 + Math.floor(Math.random() * 10_000);
    const all = await Promise.all(Array.from({ length: count }, (_, index) => isFree(first + index)));
    if (all.every(Boolean)) return first;
  }
  throw new Error(`no ${count} free ports in a row`);
}
