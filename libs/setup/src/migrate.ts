import type { MigrationInterface } from 'typeorm';
import { journalMigrations } from '#libs/journal';
import { inTransaction, openDataSource, makePool } from '#libs/platform';
import { projectionMigrations } from '#libs/projection';
import type { Databases } from './databases.js';

interface Migrations {
  readonly url: string;
  readonly table: string;
  readonly classes: (new () => MigrationInterface)[];
}

/** Which migrations go to which database, in order; each list has a table of its own that says what has run. */
async function plan({ journalUrl, viewsUrl }: Databases): Promise<Migrations[]> {
  // Kafka's client and the HTTP server's parts come with them, which who only asks has no use for.
  const { replicaMigrations } = await import('#libs/broker');
  const { keyMigrations } = await import('#libs/keys');
  return [
    { url: journalUrl, table: 'journal_migrations', classes: [...journalMigrations, ...keyMigrations] },
    { url: viewsUrl, table: 'views_migrations', classes: [...replicaMigrations, ...projectionMigrations] },
  ];
}

async function runPending({ url, table, classes }: Migrations): Promise<string[]> {
  const source = await openDataSource(url, { migrations: classes, migrationsTableName: table });
  try {
    return (await source.runMigrations()).map(({ name }) => name);
  } finally {
    await source.destroy();
  }
}

/** Whoever comes second waits until the first is through, and finds nothing to do. */
async function runUnderLock(migrations: Migrations): Promise<string[]> {
  const pool = makePool(migrations.url, { max: 1, name: 'litopys migrate' });
  try {
    return await inTransaction(pool, async (client) => {
      await client.query("select pg_advisory_xact_lock(hashtextextended('litopys migrate', 0))");
      return await runPending(migrations);
    });
  } finally {
    await pool.end();
  }
}

/**
 * Brings both databases to the shape that this build wants; harmless where they have it already.
 * @returns names of the migrations that ran
 */
export async function migrate(databases: Databases): Promise<string[]> {
  const ran: string[] = [];
  for (const migrations of await plan(databases)) ran.push(...(await runUnderLock(migrations)));
  return ran;
}
