import { createReadStream } from 'node:fs';
import { access } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { Command } from 'commander';
import type { Pool } from 'pg';
import { LitopysError, toProblem, TransientError, ValidationError } from '#libs/platform';
import { cliActor } from '../actor.js';
import { withConnection } from '../connection.js';
import { EXIT, sentencesOf } from '../exit-codes.js';
import { write } from '../print.js';

interface Options {
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

interface Tally {
  appended: number;
  duplicates: number;
  refused: number;
}

async function open(file: string): Promise<Readable> {
  if (file === '-') return process.stdin;
  await access(file).catch((cause: unknown) => {
    throw new ValidationError(`${file} cannot be read`, {
      cause,
      mend: 'name a file of events, one a line, or - for standard input',
    });
  });
  return createReadStream(file);
}

/** Sends one line; what is refused is told with its line number, and the next line has its turn. */
async function sendLine(journal: Pool, text: string, line: number, options: Options, tally: Tally): Promise<void> {
  try {
    // Loaded once, with the first line: no other command needs the producers.
    const { parseText, produce } = await import('#libs/producers');
    const { dryRun } = options;
    const outcome = await produce(journal, parseText(text), {
      actor: cliActor(),
      now: new Date().toISOString(),
      dryRun,
    });
    if (outcome.duplicate) tally.duplicates++;
    else tally.appended++;
    if (options.json) write(JSON.stringify({ line, ...outcome }));
  } catch (error) {
    if (!(error instanceof LitopysError) || error instanceof TransientError) throw error;
    tally.refused++;
    if (options.json) write(JSON.stringify({ line, problem: toProblem(error) }));
    else process.stderr.write(`line ${line}: ${sentencesOf(error)}\n`);
  }
}

async function sendAll(journal: Pool, input: Readable, options: Options): Promise<Tally> {
  const tally: Tally = { appended: 0, duplicates: 0, refused: 0 };
  let line = 0;
  for await (const text of createInterface({ input, crlfDelay: Infinity })) {
    line++;
    if (text.trim() === '') continue;
    try {
      await sendLine(journal, text, line, options, tally);
    } catch (error) {
      process.stderr.write(`line ${line} and those after it were not sent; sent again, the ones before it are known\n`);
      throw error;
    }
  }
  return tally;
}

async function appendFile(file: string, options: Options): Promise<void> {
  const input = await open(file);
  const { appended, duplicates, refused } = await withConnection(({ journal }) => sendAll(journal, input, options));
  const verb = options.dryRun ? 'would be appended' : 'appended';
  if (!options.json) write(`${appended} ${verb}, ${duplicates} there already, ${refused} refused`);
  if (refused > 0) process.exitCode = EXIT.refused;
}

export function addAppend(program: Command): void {
  program
    .command('append')
    .description('send events, one CloudEvent (JSON) a line, through the deciders into the journal')
    .argument('<file>', 'a file, or - for standard input')
    .option('--dry-run', 'check and decide, append nothing')
    .option('--json', 'one JSON object a line: what became of it')
    .action(appendFile);
}
