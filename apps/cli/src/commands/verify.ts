import { InvalidArgumentError, type Command } from 'commander';
import { verify, type Checkpoint, type Feed } from '#libs/journal';
import { givenCheckpoint } from '../checkpoint-file.js';
import { withConnection } from '../connection.js';
import { EXIT } from '../exit-codes.js';
import { printRows, write, type Column } from '../print.js';
import { showProgress } from '../progress.js';

type Verification = Awaited<ReturnType<typeof verify>>;
type Finding = Verification['findings'][number];

interface Options {
  readonly from?: number;
  readonly replica?: boolean;
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

function print(
  feed: Feed,
  against: Checkpoint | undefined,
  { journalId, from, upTo, chainHash, events, findings, findingCount }: Verification,
): void {
  if (findingCount === 0) {
    write(
      `the ${feed} holds: ${events} events from position ${from} to ${upTo}\njournal ${journalId}\nchain hash ${chainHash}`,
    );
    if (against) write(`and comes to what was signed at position ${against.position}`);
    return;
  }
  printRows('table', { columns: COLUMNS, rows: findings });
  const counted = findingCount === 1 ? '1 finding' : `${findingCount} findings`;
  write(`${counted} in the ${feed}, positions ${from} to ${upTo}`);
}

async function verifyFeed({ from = 1, replica, json, pastChecksums, ...given }: Options): Promise<void> {
  const feed: Feed = replica ? 'replica' : 'journal';
  const against = await givenCheckpoint(given);
  const progress = showProgress('verify');
  const result = await withConnection(
    async ({ journal, views }) => {
      try {
        const onProgress = ({ position, upTo }: { position: number; upTo: number }): void =>
          progress.to(position, upTo);
        return await verify(replica ? views : journal, feed, { from: Math.max(1, from), against, onProgress });
      } finally {
        progress.end();
      }
    },
    { evenStopped: 'litopys verify', settings: pastChecksums ? PAST_CHECKSUMS : {} },
  );
  if (json) write(JSON.stringify(result));
  else print(feed, against, result);
  if (result.findingCount > 0) process.exitCode = EXIT.integrity;
}

export function addVerify(program: Command): void {
  program
    .command('verify')
    .description('recompute every hash; name each event that is changed, missing or out of order')
    .option('--from <position>', 'begin at this position', positionOf)
    .option('--replica', 'the replica instead of the journal')
    .option('--against <file>', 'a checkpoint: the history must still come to what was signed')
    .option('--key <verifier key>', 'of whoever signed it')
    .option('--past-checksums', 'as a superuser: read pages that fail their checksum, to name the very event')
    .option('--json', 'as JSON')
    .action(verifyFeed);
}
