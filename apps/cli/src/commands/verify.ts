import { InvalidArgumentError, type Command } from 'commander';
import { verify, verifyExport, type Checkpoint, type Feed, type Verification } from '#libs/journal';
import { ValidationError } from '#libs/platform';
import { givenCheckpoint } from '../checkpoint-file.js';
import { withConnection } from '../connection.js';
import { EXIT } from '../exit-codes.js';
import { openInput, readLines } from '../input.js';
import { printRows, write, type Column } from '../print.js';
import { showProgress } from '../progress.js';

type Finding = Verification['findings'][number];

interface Options {
  readonly from?: number;
  readonly replica?: boolean;
  readonly file?: string;
  readonly against?: string;
  readonly key?: string;
  readonly pastChecksums?: boolean;
  readonly json?: boolean;
}

export function positionOf(text: string): number {
  const position = Number(text);
  if (!Number.isSafeInteger(position) || position < 0)
    throw new InvalidArgumentError('a position is wanted: 1, 2, 3 ...');
  return position;
}

/** Pages are read although their checksum is wrong: the chain then tells which of their events was changed. */
const PAST_CHECKSUMS = { ignore_checksum_failure: 'on' };

const COLUMNS: readonly Column<Finding>[] = [
  { name: 'position', text: (finding) => finding.position },
  { name: 'event', text: (finding) => finding.name },
  { name: 'what', text: (finding) => finding.kind },
  { name: 'detail', text: (finding) => finding.detail, width: 90 },
];

function print(what: string, against: Checkpoint | undefined, verification: Verification): void {
  const { journalId, from, upTo, chainHash, events, findings, findingCount } = verification;
  if (findingCount > 0) {
    printRows('table', { columns: COLUMNS, rows: findings });
    const counted = findingCount === 1 ? '1 finding' : `${findingCount} findings`;
    return write(`${counted} in the ${what}, positions ${from} to ${upTo}`);
  }
  write(`the ${what} holds: ${events} events from position ${from} to ${upTo}`);
  write(`journal ${journalId}\nchain hash ${chainHash}`);
  if (against) write(`and comes to what was signed at position ${against.position}`);
}

async function verifyFeed(feed: Feed, against: Checkpoint | undefined, options: Options): Promise<Verification> {
  const { from = 1, pastChecksums } = options;
  const progress = showProgress('verify');
  const onProgress = ({ position, upTo }: { position: number; upTo: number }): void => progress.to(position, upTo);
  try {
    return await withConnection(
      ({ journal, views }) =>
        verify(feed === 'replica' ? views : journal, feed, { from: Math.max(1, from), against, onProgress }),
      { evenStopped: 'litopys verify', settings: pastChecksums ? PAST_CHECKSUMS : {} },
    );
  } finally {
    progress.end();
  }
}

/** Lines told on, with how much of a file of known size was read. */
async function* told(lines: AsyncIterable<Buffer>, size: number | null, done: () => number): AsyncGenerator<Buffer> {
  const progress = size === null ? null : showProgress('verify, bytes');
  let seen = 0;
  try {
    for await (const line of lines) {
      if (seen !== done()) progress?.to((seen = done()), size ?? 0);
      yield line;
    }
  } finally {
    progress?.end();
  }
}

async function verifyFile(file: string, against: Checkpoint | undefined, options: Options): Promise<Verification> {
  if (options.from !== undefined || options.replica || options.pastChecksums)
    throw new ValidationError('--file goes with neither --from nor --replica nor --past-checksums', {
      mend: 'an export is checked from its first line to its last',
    });
  const { bytes, size, done } = await openInput(file);
  return verifyExport(told(readLines(bytes), size, done), { against });
}

async function runVerify(options: Options): Promise<void> {
  const { file, replica, json } = options;
  const against = await givenCheckpoint(options);
  const feed: Feed = replica ? 'replica' : 'journal';
  const verification =
    file === undefined ? await verifyFeed(feed, against, options) : await verifyFile(file, against, options);
  if (json) write(JSON.stringify(verification));
  else print(file === undefined ? feed : 'export', against, verification);
  if (verification.findingCount > 0) process.exitCode = EXIT.integrity;
}

export function addVerify(program: Command): void {
  program
    .command('verify')
    .description('recompute every hash; name each event that is changed, missing or out of order')
    .option('--from <position>', 'begin at this position', positionOf)
    .option('--replica', 'the replica instead of the journal')
    .option('--file <file>', 'an export instead, offline; - for standard input')
    .option('--against <file>', 'a checkpoint: the history must still come to what was signed')
    .option('--key <verifier key>', 'of whoever signed it')
    .option('--past-checksums', 'as a superuser: read pages that fail their checksum, to name the very event')
    .option('--json', 'as JSON')
    .action(runVerify);
}
