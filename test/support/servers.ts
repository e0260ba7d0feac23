import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startEmbeddedPostgres } from '#libs/platform';

/** Runs the servers of one test run in a process of their own: prints their addresses as one line, ends on SIGTERM. */
const dataDir = mkdtempSync(path.join(tmpdir(), 'litopys-test-'));
chmodSync(dataDir, 0o755);
const postgres = await startEmbeddedPostgres({ dataDir, durable: false });

async function stop(): Promise<void> {
  await postgres.stop();
  rmSync(dataDir, { recursive: true, force: true });
  process.exit(0);
}

process.on('SIGTERM', () => void stop());
// The run that started us was killed: nobody else would stop the servers.
process.stdin.on('end', () => void stop()).resume();
process.stdout.write(`${JSON.stringify({ LITOPYS_TEST_POSTGRES: postgres.url })}\n`);
