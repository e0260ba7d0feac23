import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { freePort } from '#libs/platform';
import type { World } from './world.js';

/** An app as it runs in production: a process of its own. */
export interface AppProcess {
  readonly child: ChildProcess;
  readonly url: string;
  /** What it has said on standard output. */
  readonly said: () => string;
  /** The body and status of /health/ready; status 0 while it does not listen. */
  readonly ready: () => Promise<{ status: number; body: unknown }>;
  /** Ends it by a signal; answers its exit code, null after SIGKILL. */
  readonly end: (signal: NodeJS.Signals) => Promise<number | null>;
}

export const spawnRelay = (world: World): Promise<AppProcess> => spawnApp(world, 'relay');

/** Starts `apps/<name>` on the world's databases, broker and topic; `more` is further environment. */
export async function spawnApp(
  world: World,
  name: 'relay' | 'projector' | 'pledges',
  more: Readonly<Record<string, string>> = {},
): Promise<AppProcess> {
  return await spawnProcess(world, name, {
    JOURNAL_URL: world.journalDatabase.url,
    VIEWS_URL: world.viewsUrl,
    LANES: '2',
    KAFKA_BROKERS: world.access.brokers.join(),
    KAFKA_TOPIC: world.topic,
    ...more,
  });
}

/** Starts `apps/<name>`; it is ended with the world at the latest. */
export async function spawnProcess(
  world: Pick<World, 'onClose'>,
  name: string,
  env: Readonly<Record<string, string>>,
): Promise<AppProcess> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const { NODE_OPTIONS: _jest, ...inherited } = process.env;
  const child = spawn(
    process.execPath,
    ['--conditions=development', '--import', '@swc-node/register/esm-register', `apps/${name}/src/main.ts`],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...inherited, ...env, PORT: String(port) },
    },
  );
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const exited = once(child, 'exit') as Promise<[number | null]>;
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    child.kill(signal);
    return (await exited)[0];
  };
  world.onClose(() => end('SIGKILL'));
  const ready = async (): Promise<{ status: number; body: unknown }> => {
    try {
      const answer = await fetch(`${url}/health/ready`);
      return { status: answer.status, body: await answer.json() };
    } catch {
      return { status: 0, body: null };
    }
  };
  return { child, url, said: () => said, ready, end };
}
