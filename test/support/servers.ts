import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startEmbeddedPostgres } from '#libs/platform';
import { canStartKafka, startKafka, type LocalKafka } from '../../tools/kafka/local-kafka.js';

/**
 * Runs the servers of one test run in a process of their own: prints their addresses as one line, ends on SIGTERM. A
 * broker that is up already may be named by LITOPYS_TEST_KAFKA.
 */
const dataDir = mkdtempSync(path.join(tmpdir(), 'litopys-test-'));
chmodSync(dataDir, 0o755);

async function openKafka(): Promise<LocalKafka | null> {
  if (process.env['LITOPYS_TEST_KAFKA']) return null;
  if (await canStartKafka()) return startKafka({ dir: path.join(dataDir, 'kafka') });
  if (process.env['CI']) throw new Error('CI wants the Kafka suites to run: install Java 17 or newer, and Maven');
  process.stderr.write('\n*** No Java or no Maven here: THE KAFKA SUITES ARE SKIPPED. ***\n\n');
  return null;
}

const [database, broker] = await Promise.allSettled([startEmbeddedPostgres({ dataDir, durable: false }), openKafka()]);
if (database.status === 'rejected' || broker.status === 'rejected') {
  // A server outlives us: where its neighbour did not come up, nobody else would stop it.
  if (database.status === 'fulfilled') await database.value.stop();
  if (broker.status === 'fulfilled') await broker.value?.stop();
  rmSync(dataDir, { recursive: true, force: true });
  throw new AggregateError(
    [database, broker].flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : [])),
  );
}
const [postgres, kafka] = [database.value, broker.value];

async function stop(): Promise<void> {
  await Promise.all([postgres.stop(), kafka?.stop()]);
  rmSync(dataDir, { recursive: true, force: true });
  process.exit(0);
}

process.on('SIGTERM', () => void stop());
// The run that started us was killed: nobody else would stop the servers.
process.stdin.on('end', () => void stop()).resume();
const addresses = {
  LITOPYS_TEST_POSTGRES: postgres.url,
  LITOPYS_TEST_KAFKA: kafka?.brokers ?? process.env['LITOPYS_TEST_KAFKA'] ?? '',
};
process.stdout.write(`${JSON.stringify(addresses)}\n`);
