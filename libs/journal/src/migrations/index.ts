import { sql } from '#libs/platform';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const CREATION = ['role', 'tables', 'append-only', 'hashes', 'append', 'grants'];

/** Schema `journal` whole: tables, triggers, `journal.append`, the apps' role and its grants, and a new journal id. */
class CreateJournal1756000000000 implements MigrationInterface {
  readonly name = 'CreateJournal1756000000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const file of CREATION) await runner.query(sql(import.meta.url, file));
  }

  async down(): Promise<void> {
    throw new Error('A journal is never taken down by a migration: drop its database by hand if you mean to lose it.');
  }
}

/** The journal database's migrations, for a data source whose `migrationsTableName` is `journal_migrations`. */
export const journalMigrations: (new () => MigrationInterface)[] = [CreateJournal1756000000000];
