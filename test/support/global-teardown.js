import { once } from 'node:events';

export default async function tearDown() {
  const { testServers } = globalThis;
  testServers.kill('SIGTERM');
  await once(testServers, 'exit');
}
