import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { World } from './world.js';

const SCRIPT = `
  import { ReceiverServer } from '#libs/broker';
  import { makePool } from '#libs/platform';
  const { VIEWS, BROKERS, TOPIC, GROUP } = process.env;
  new ReceiverServer({ pool: makePool(VIEWS), brokers: BROKERS.split(','), topic: TOPIC, groupId: GROUP }).listen(() => undefined);
`;

/** Runs a receiver in a process of its own until that ends by itself. */
export async function runReceiverAlone(world: World): Promise<{ code: number | null; errors: string }> {
  const { NODE_OPTIONS: _jest, ...inherited } = process.env;
  const child = spawn(
    process.execPath,
    ['--conditions=development', '--import', '@swc-node/register/esm-register', '--input-type=module', '-e', SCRIPT],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...inherited,
        VIEWS: world.viewsUrl,
        BROKERS: world.access.brokers.join(),
        TOPIC: world.topic,
        GROUP: world.groupId,
      },
    },
  );
  world.onClose(async () => child.kill('SIGKILL'));
  let errors = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes: Buffer) => (errors += bytes.toString()));
  const [code] = (await once(child, 'exit')) as [number | null];
  return { code, errors };
}
