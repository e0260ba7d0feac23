import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import type { Command } from 'commander';
import { toProblem } from '#libs/platform';
import type { LineOutcome } from '#libs/producers';
import { cliActor } from '../actor.js';
import { withConnection } from '../connection.js';
import { EXIT, sentencesOf } from '../exit-codes.js';
import { openInput, readLines } from '../input.js';
import { write } from '../print.js';
import { showProgress } from '../progress.js';

interface Options {
  readonly dryRun?: boolean;
  readonly json?: boolean;
  readonly rejected?: string;
}

/** Refusals that are told one by one on the terminal; the rest is counted. */
const TOLD = 20;

/** What became of the lines so far, told as it comes. */
class Report {
  private appended = 0;
  private duplicates = 0;
  private refused = 0;

  constructor(
    private readonly options: Options,
    private readonly rejected: WriteStream | undefined,
  ) {}

  async tell(line: number, bytes: Buffer, outcome: LineOutcome): Promise<void> {
    const { json } = this.options;
    if ('produced' in outcome) {
      if (outcome.produced.duplicate) this.duplicates++;
      else this.appended++;
      if (json) write(JSON.stringify({ line, ...outcome.produced }));
      return;
    }
    this.refused++;
    const problem = toProblem(outcome.refused);
    if (json) write(JSON.stringify({ line, problem }));
    else if (this.refused <= TOLD) process.stderr.write(`line ${line}: ${sentencesOf(outcome.refused)}\n`);
    const told = `${JSON.stringify({ line, problem, sent: bytes.toString() })}\n`;
    if (this.rejected && !this.rejected.write(told)) await once(this.rejected, 'drain');
  }

  end(seconds: number): void {
    if (this.refused > 0) process.exitCode = EXIT.refused;
    const { dryRun, json, rejected } = this.options;
    if (json) return;
    if (this.refused > TOLD && rejected === undefined)
      process.stderr.write(`and ${this.refused - TOLD} more lines; --rejected FILE keeps them all\n`);
    const count = (number: number): string => number.toLocaleString('en');
    const verb = dryRun ? 'would be appended' : 'appended';
    const total = this.appended + this.duplicates + this.refused;
    const pace = seconds >= 1 ? ` in ${seconds.toFixed(1)} s (${count(Math.round(total / seconds))}/s)` : '';
    write(
      `${count(this.appended)} ${verb}, ${count(this.duplicates)} there already, ${count(this.refused)} refused${pace}`,
    );
  }
}

/** Opens the file that keeps what is refused. @throws Error of the file system */
async function openRejected(file: string | undefined): Promise<WriteStream | undefined> {
  if (file === undefined) return undefined;
  const stream = createWriteStream(file);
  await once(stream, 'open');
  return stream;
}

/** Tells how much of a file has been read, as its lines are read. */
async function* withProgress(lines: AsyncIterable<Buffer>, size: number, done: () => number): AsyncGenerator<Buffer> {
  const progress = showProgress('append, bytes');
  let told = -1;
  try {
    for await (const line of lines) {
      if (done() !== told) progress.to((told = done()), size);
      yield line;
    }
  } finally {
    progress.end();
  }
}

async function appendFile(file: string, options: Options): Promise<void> {
  const { bytes, size, done } = await openInput(file);
  const rejected = await openRejected(options.rejected);
  const report = new Report(options, rejected);
  // Loaded here: no other command needs the producers.
  const { importLines } = await import('#libs/producers');
  const lines = readLines(bytes);
  const began = performance.now();
  try {
    await withConnection(({ journal }) =>
      importLines(journal, size === null ? lines : withProgress(lines, size, done), {
        actor: cliActor(),
        now: () => new Date().toISOString(),
        dryRun: options.dryRun,
        onLine: (...told) => report.tell(...told),
      }),
    );
  } finally {
    report.end((performance.now() - began) / 1000);
    if (rejected) {
      rejected.end();
      await once(rejected, 'close');
    }
  }
}

export function addAppend(program: Command): void {
  program
    .command('append')
    .description('send events, one CloudEvent (JSON) a line, through the deciders into the journal')
    .argument('<file>', 'a file, also packed by gzip or zstd, or - for standard input')
    .option('--dry-run', 'check and decide, append nothing')
    .option(
      '--rejected <file>',
      'keep what is refused: a JSON object a line, with its line number, the problem and what was sent',
    )
    .option('--json', 'one JSON object a line: what became of it')
    .action(appendFile);
}
