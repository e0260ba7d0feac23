import { journalMigrations } from '#libs/journal';
import { makeDataSource } from '#libs/platform';
import { projectionMigrations } from '#libs/projection';
import { replicaMigrations } from '../../libs/broker/src/migrations/index.js';

/** Brings the template database to the newest shape. */
export async function migrateTemplate(url: string): Promise<void> {
  for (const [migrationsTableName, migrations] of [
    ['journal_migrations', journalMigrations],
    ['views_migrations', [...replicaMigrations, ...projectionMigrations]],
  ] as const) {
    const source = makeDataSource(url, { migrationsTableName, migrations: [...migrations] });
    await source.initialize();
    try {
      await source.runMigrations();
    } finally {
      await source.destroy();
    }
  }
}
