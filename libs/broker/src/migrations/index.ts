import type { MigrationInterface, QueryRunner } from 'typeorm';
import { sql } from '#libs/platform';

/** Makes the replica: its table, its head, and what keeps them. */
export class Replica1763900000000 implements MigrationInterface {
  readonly name = 'Replica1763900000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const step of ['replica', 'chain', 'append-only']) await runner.query(sql(import.meta.url, step));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop schema replica cascade');
  }
}

/** Migrations of the views database that make the replica. */
export const replicaMigrations = [Replica1763900000000];
