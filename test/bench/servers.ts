import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { startEmbeddedPostgres } from '#libs/platform';
import { migrate } from '#libs/setup';
import { startKafka } from '../../tools/kafka/local-kafka.js';

/** As durable as in production; with the memory that a small server has. */
const SETTINGS = { shared_buffers: '512MB', max_wal_size: '4GB', maintenance_work_mem: '256MB' };

/** The servers of a bench, thrown away with all that is on them. */
export interface BenchServers {
  readonly brokers: string;
  /** Makes a database, empty or migrated, and answers its URL. */
  createDatabase(name: string, options: { readonly migrated: boolean }): Promise<string>;
  dropDatabase(name: string): Promise<void>;
  /** Writes out what earlier runs have left in memory, so that the next one does not pay for it. */
  settle(): Promise<void>;
  stop(): Promise<void>;
}

export async function startServers({ kafka: withKafka }: { readonly kafka: boolean }): Promise<BenchServers> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'litopys-bench-'));
  chmodSync(dataDir, 0o755);
  const postgres = await startEmbeddedPostgres({ dataDir, settings: SETTINGS });
  const kafka = withKafka ? await startKafka({ dir: path.join(dataDir, 'kafka') }) : null;
  const server = new pg.Client({ connectionString: postgres.url });
  await server.connect();
  const urlOf = (name: string): string => Object.assign(new URL(postgres.url), { pathname: `/${name}` }).href;
  const stop = async (): Promise<void> => {
    await server.end().catch(() => undefined);
    await kafka?.stop();
    await postgres.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
  // They are processes of their own, which nobody else would stop.
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void stop().then(() => process.exit(1)));
  return {
    brokers: kafka?.brokers ?? '',
    async createDatabase(name, { migrated }) {
      await server.query(`create database ${name}`);
      if (migrated) await migrate({ journalUrl: urlOf(name), viewsUrl: urlOf(name) });
      return urlOf(name);
    },
    dropDatabase: async (name) => void (await server.query(`drop database ${name} with (force)`)),
    settle: async () => void (await server.query('checkpoint')),
    stop,
  };
}
