import { sql } from '#libs/platform';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Schema `access`: the keys, and what of them the apps' role may see and do. After the journal's, which makes the role. */
class CreateKeys1764000000000 implements MigrationInterface {
  readonly name = 'CreateKeys1764000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(sql(import.meta.url, 'keys'));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop schema access cascade');
  }
}

/** Migrations of the journal's database that make the keys. */
export const keyMigrations: (new () => MigrationInterface)[] = [CreateKeys1764000000000];
