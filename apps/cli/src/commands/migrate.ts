import type { Command } from 'commander';
import { loadConfig } from '#libs/platform';
import { findDatabases, migrate } from '#libs/setup';
import { write } from '../print.js';

async function migrateDatabases(): Promise<void> {
  const ran = await migrate(await findDatabases(loadConfig(process.env)));
  write(ran.length === 0 ? 'nothing to do' : `ran ${ran.join(', ')}`);
}

export function addMigrate(program: Command): void {
  program
    .command('migrate')
    .description('bring journal and views databases to the shape that this build wants')
    .action(migrateDatabases);
}
