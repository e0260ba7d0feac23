import { Command } from 'commander';
import { addAppend } from './commands/append.js';
import { addCheckpoint } from './commands/checkpoint.js';
import { addEntries } from './commands/entries.js';
import { addEvents } from './commands/events.js';
import { addExport } from './commands/export.js';
import { addKeys } from './commands/keys.js';
import { addLedger } from './commands/ledger.js';
import { addMigrate } from './commands/migrate.js';
import { addRebuild } from './commands/rebuild.js';
import { addReceive } from './commands/receive.js';
import { addRejected } from './commands/rejected.js';
import { addRelay } from './commands/relay.js';
import { addVerify } from './commands/verify.js';
import { addViews } from './commands/views.js';

const EXIT_CODES = `
Exit codes: 0 done, 1 refused (in part), 2 usage, 3 unreachable, 4 integrity.
Works on the databases of DATABASE_URL (or JOURNAL_URL and VIEWS_URL); where none is named, on those of the system that
runs on the data folder (DATA_DIR, ./data).`;

/** The command line, every command with its options. */
export function makeProgram(): Command {
  const program = new Command('litopys')
    .description('a chronology of what happens between Canada and Ukraine, every figure with its source')
    .addHelpText('after', EXIT_CODES)
    .exitOverride()
    .showSuggestionAfterError();
  const commands = [
    addAppend,
    addEntries,
    addLedger,
    addEvents,
    addRebuild,
    addVerify,
    addCheckpoint,
    addExport,
    addViews,
    addKeys,
    addMigrate,
  ];
  for (const add of [...commands, addReceive, addRelay, addRejected]) add(program);
  return program;
}
