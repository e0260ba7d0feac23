import { readFileSync } from 'node:fs';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const text = (name: string): string => readFileSync(new URL(`./${name}.sql`, import.meta.url), 'utf8');

class Projection1764000000000 implements MigrationInterface {
  readonly name = 'Projection1764000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(text('projection'));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop schema projection cascade');
  }
}

/** Migrations of the views database that keep generations, the pointer and progress. */
export const projectionMigrations = [Projection1764000000000];
