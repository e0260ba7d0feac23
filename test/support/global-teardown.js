import { once } from 'node:events';

export default async function tearDown() {
  const { testServers } = globalThis;
  globalThis.testServersMayEnd = true;
  if (testServers.exitCode !== null || testServers.signalCode !== null) return;
  testServers.kill('SIGTERM');
  await once(testServers, 'exit');
}
