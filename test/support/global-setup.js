import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** One PostgreSQL and one Kafka for the whole run, in a process of their own that is told the sources' way of loading. */
export default async function setUp() {
  const env = { ...process.env };
  delete env.NODE_OPTIONS;
  const servers = spawn(
    process.execPath,
    ['--conditions=development', '--import', '@swc-node/register/esm-register', 'test/support/servers.ts'],
    { env, stdio: ['pipe', 'pipe', 'inherit'] },
  );
  const [line] = await Promise.race([
    once(createInterface({ input: servers.stdout }), 'line'),
    once(servers, 'exit').then(() => {
      throw new Error('the test servers did not start');
    }),
  ]);
  Object.assign(process.env, JSON.parse(line));
  // Told at once: what fails after this fails for no reason of its own.
  servers.on('exit', (code, signal) => {
    if (!globalThis.testServersMayEnd)
      process.stderr.write(`\n*** THE TEST SERVERS ENDED IN THE MIDDLE OF THE RUN (${signal ?? code}). ***\n\n`);
  });
  globalThis.testServers = servers;
}
