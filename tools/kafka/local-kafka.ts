import { execFile, spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import { promisify } from 'node:util';
import { commandOf, endProcess, freePort, isAlive, until } from '#libs/platform';
import { fetchJars, findJava, MEND } from './jars.js';
import { LOGGING, properties, scramArguments, type SecuredListener } from './settings.js';

export { canStartKafka } from './jars.js';

const run = promisify(execFile);

const START_MS = 60_000;
const RELEASE_MS = 5_000;
const STOP_MS = 15_000;

/** A real Apache Kafka 4.1 in KRaft mode: one process, one node, on loopback. */
export interface LocalKafka {
  readonly brokers: string;
  readonly pid: number;
  /** Whether it ran before, left by a process that was killed. */
  readonly adopted: boolean;
  /** SIGTERM, and SIGKILL where that takes longer than 15 seconds. */
  stop(): Promise<void>;
  /** SIGKILL: the broker is gone at once, its data stays. */
  kill(): Promise<void>;
  /** Starts it again on the same port and data. */
  restart(): Promise<void>;
}

interface Running {
  readonly pid: number;
  readonly port: number;
}

interface Program {
  readonly java: string;
  readonly jars: string;
}

const wordsOf = ({ jars }: Program, main: string, ...args: string[]): string[] => [
  '-Xmx512m',
  '-XX:TieredStopAtLevel=1',
  '-cp',
  path.join(jars, '*'),
  main,
  ...args,
];

/** A mark tells that it was done to the end: a formatting that was killed is done again. */
async function format(dir: string, program: Program, secured?: SecuredListener): Promise<void> {
  const mark = path.join(dir, 'formatted');
  if (existsSync(mark)) return;
  rmSync(path.join(dir, 'log'), { recursive: true, force: true });
  const tool = (...args: string[]): Promise<{ stdout: string }> =>
    run(program.java, wordsOf(program, 'kafka.tools.StorageTool', ...args));
  const id = (await tool('random-uuid')).stdout.trim().split('\n').at(-1) ?? '';
  const users = secured ? scramArguments(secured) : [];
  await tool('format', '--standalone', '-t', id, '-c', path.join(dir, 'server.properties'), ...users);
  writeFileSync(mark, id);
}

/** The ports stay those of the first start, unless another is asked for: the quorum's state names them. */
async function configure(dir: string, wanted: number | undefined, secured?: SecuredListener): Promise<number> {
  const file = path.join(dir, 'server.properties');
  const [, before, beside] = existsSync(file)
    ? (/:(\d+),CONTROLLER:.*:(\d+)/.exec(readFileSync(file, 'utf8')) ?? [])
    : [];
  const port = wanted ?? (before ? Number(before) : await freePort());
  writeFileSync(file, properties(dir, port, beside ? Number(beside) : await freePort(), secured));
  writeFileSync(path.join(dir, 'log4j2.xml'), LOGGING);
  return port;
}

async function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}

/** Whether a process is the broker of this folder: its number may be anybody's by now. */
async function isBrokerOf(dir: string, pid: number): Promise<boolean> {
  return isAlive(pid) && !!(await commandOf(pid))?.includes(path.join(dir, 'server.properties'));
}

/** @throws Error that names the log, where it ends or does not answer in a minute */
async function untilItAnswers(dir: string, { pid, port }: Running, signal?: AbortSignal): Promise<void> {
  let isUp = false;
  await until(async () => (isUp = await answers(port)) || !isAlive(pid) || signal?.aborted === true, START_MS);
  if (!isUp) signal?.throwIfAborted();
  if (!isUp) throw new Error(`Kafka did not come up; its log is ${path.join(dir, 'server.log')}`);
}

/** One that does not come up, or is not waited for any more, is ended: nobody else would know of it. */
async function launch(dir: string, port: number, program: Program, signal?: AbortSignal): Promise<number> {
  // A killed broker holds its port until the last of its threads is gone.
  if (!(await until(async () => !(await answers(port)), RELEASE_MS)))
    throw new Error(
      `port ${port} is taken by another program: stop it, or set KAFKA_BROKERS where it is a broker to use`,
    );
  const log = openSync(path.join(dir, 'server.log'), 'a');
  const logging = `-Dlog4j2.configurationFile=${path.join(dir, 'log4j2.xml')}`;
  const words = [logging, ...wordsOf(program, 'kafka.Kafka', path.join(dir, 'server.properties'))];
  // Detached: Ctrl-C in the terminal reaches us alone, and we stop the broker after those who use it.
  const child = spawn(program.java, words, { cwd: dir, detached: true, stdio: ['ignore', log, log] });
  closeSync(log);
  child.unref();
  const pid = child.pid ?? 0;
  writeFileSync(path.join(dir, 'kafka.pid'), JSON.stringify({ pid, port }));
  try {
    await untilItAnswers(dir, { pid, port }, signal);
  } catch (error) {
    if (pid > 0) await endProcess(pid, 'SIGTERM', STOP_MS);
    throw error;
  }
  return pid;
}

/** The broker that a killed process left running on this folder; where it will not answer on the port, it is ended. */
async function findLeft(dir: string, wanted: number | undefined): Promise<Running | null> {
  const file = path.join(dir, 'kafka.pid');
  if (!existsSync(file)) return null;
  const left = JSON.parse(readFileSync(file, 'utf8')) as Running;
  if (!(await isBrokerOf(dir, left.pid))) return null;
  if ((wanted ?? left.port) === left.port) {
    const isUp = await untilItAnswers(dir, left).then(
      () => true,
      () => false,
    );
    if (isUp) return left;
  }
  await endProcess(left.pid, 'SIGTERM', STOP_MS);
  return null;
}

/**
 * Starts a broker on a folder, which keeps its data and ports from one start to the next, or adopts the one that a
 * killed process left there.
 * @param options `port` that of the last start, or a free one, where it is left out; `secured` a second way in, over TLS;
 *   `signal` ends a start that is not wanted any more
 * @throws Error that says the mend where Java or Maven is missing, the port is taken, or the broker does not come up
 */
export async function startKafka(options: {
  readonly dir: string;
  readonly port?: number;
  readonly secured?: SecuredListener;
  readonly signal?: AbortSignal;
}): Promise<LocalKafka> {
  const java = await findJava();
  if (!java) throw new Error(`a local Kafka needs Java: ${MEND}`);
  const program = { java, jars: await fetchJars(java) };
  const dir = path.resolve(options.dir);
  mkdirSync(dir, { recursive: true });
  const left = await findLeft(dir, options.port);
  const port = left?.port ?? (await configure(dir, options.port, options.secured));
  if (!left) await format(dir, program, options.secured);
  let pid = left?.pid ?? (await launch(dir, port, program, options.signal));
  return {
    brokers: `127.0.0.1:${port}`,
    get pid() {
      return pid;
    },
    adopted: left !== null,
    stop: () => endProcess(pid, 'SIGTERM', STOP_MS),
    kill: () => endProcess(pid, 'SIGKILL', STOP_MS),
    restart: async () => {
      pid = await launch(dir, port, program);
    },
  };
}
