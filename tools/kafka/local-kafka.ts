import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

const POM = path.resolve('tools/kafka/pom.xml');
const JARS = path.resolve('node_modules/.cache/litopys/kafka-4.1.1');
const START_MS = 60_000;
const STOP_MS = 15_000;

/** A real Apache Kafka 4.1 in KRaft mode: one process, one node, on loopback. */
export interface LocalKafka {
  readonly brokers: string;
  readonly pid: number;
  /** SIGTERM, and SIGKILL where that takes longer than 15 seconds. */
  stop(): Promise<void>;
  /** SIGKILL: the broker is gone at once, its data stays. */
  kill(): Promise<void>;
  /** Starts it again on the same port and data. */
  restart(): Promise<void>;
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Whether Java and Maven are here; without them there is no local broker. */
export async function canStartKafka(): Promise<boolean> {
  try {
    await run('java', ['-version']);
    if (!existsSync(JARS)) await run('mvn', ['--version']);
    return true;
  } catch {
    return false;
  }
}

/** Fetches the broker's jars once, into a folder that appears only when it is whole. */
async function fetchJars(): Promise<void> {
  if (existsSync(JARS)) return;
  const draft = `${JARS}.${process.pid}`;
  rmSync(draft, { recursive: true, force: true });
  await run('mvn', [
    '-q',
    '-B',
    '-f',
    POM,
    'dependency:copy-dependencies',
    `-DoutputDirectory=${draft}`,
    '-DincludeScope=runtime',
  ]);
  try {
    renameSync(draft, JARS);
  } catch {
    rmSync(draft, { recursive: true, force: true });
  }
}

function properties(dir: string, port: number, controller: number): string {
  return [
    'process.roles=broker,controller',
    'node.id=1',
    `listeners=PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controller}`,
    `advertised.listeners=PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controller}`,
    'controller.listener.names=CONTROLLER',
    `controller.quorum.bootstrap.servers=127.0.0.1:${controller}`,
    'listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT',
    `log.dirs=${path.join(dir, 'log')}`,
    'auto.create.topics.enable=false',
    'num.partitions=4',
    // A broker that was killed is let in again at once, not after its old session's 9 seconds.
    'broker.session.timeout.ms=1500',
    'broker.heartbeat.interval.ms=300',
    'offsets.topic.replication.factor=1',
    'offsets.topic.num.partitions=4',
    'transaction.state.log.replication.factor=1',
    'transaction.state.log.min.isr=1',
    'share.coordinator.state.topic.replication.factor=1',
    'share.coordinator.state.topic.min.isr=1',
    // A group that is new waits for further members; nobody waits here.
    'group.initial.rebalance.delay.ms=0',
    '',
  ].join('\n');
}

const LOGGING = `<Configuration><Appenders><Console name="out"><PatternLayout pattern="%d %p %c{1}: %m%n"/></Console></Appenders>
<Loggers><Root level="warn"><AppenderRef ref="out"/></Root></Loggers></Configuration>
`;

const java = (main: string, ...args: string[]): string[] => [
  '-Xmx512m',
  '-XX:TieredStopAtLevel=1',
  '-cp',
  path.join(JARS, '*'),
  main,
  ...args,
];

async function format(dir: string): Promise<void> {
  if (existsSync(path.join(dir, 'log', 'meta.properties'))) return;
  const { stdout } = await run('java', java('kafka.tools.StorageTool', 'random-uuid'));
  const id = stdout.trim().split('\n').at(-1) ?? '';
  await run(
    'java',
    java('kafka.tools.StorageTool', 'format', '--standalone', '-t', id, '-c', path.join(dir, 'server.properties')),
  );
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

async function launch(dir: string, port: number): Promise<ChildProcess> {
  const log = openSync(path.join(dir, 'server.log'), 'a');
  // Detached: Ctrl-C in the terminal reaches us alone, and we stop the broker after those who use it.
  const child = spawn(
    'java',
    [
      `-Dlog4j2.configurationFile=${path.join(dir, 'log4j2.xml')}`,
      ...java('kafka.Kafka', path.join(dir, 'server.properties')),
    ],
    {
      cwd: dir,
      detached: true,
      stdio: ['ignore', log, log],
    },
  );
  closeSync(log);
  child.unref();
  const deadline = performance.now() + START_MS;
  while (!(await answers(port))) {
    if (child.exitCode !== null || performance.now() > deadline)
      throw new Error(`Kafka did not come up; its log is ${path.join(dir, 'server.log')}`);
    await pause(50);
  }
  return child;
}

async function end(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.ref();
  child.kill(signal);
  const forced = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
  await ended;
  clearTimeout(forced);
}

/**
 * Starts a broker on a folder, which keeps its data from one start to the next.
 * @param options `port` a free one where it is left out
 * @throws Error that says the mend where Java or Maven is missing, or the broker does not come up
 */
export async function startKafka(options: { readonly dir: string; readonly port?: number }): Promise<LocalKafka> {
  if (!(await canStartKafka()))
    throw new Error(
      'a local Kafka needs Java 17 or newer and Maven: install them, or set KAFKA_BROKERS to a broker of your own',
    );
  await fetchJars();
  const dir = path.resolve(options.dir);
  mkdirSync(dir, { recursive: true });
  const port = options.port ?? (await freePort());
  writeFileSync(path.join(dir, 'server.properties'), properties(dir, port, await freePort()));
  writeFileSync(path.join(dir, 'log4j2.xml'), LOGGING);
  await format(dir);
  let child = await launch(dir, port);
  return {
    brokers: `127.0.0.1:${port}`,
    get pid() {
      return child.pid ?? 0;
    },
    stop: () => end(child, 'SIGTERM'),
    kill: () => end(child, 'SIGKILL'),
    restart: async () => {
      child = await launch(dir, port);
    },
  };
}
