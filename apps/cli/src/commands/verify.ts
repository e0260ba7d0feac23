import { InvalidArgumentError, type Command } from 'commander';
import { verify, type Feed } from '#libs/journal';
import { withConnection } from '../connection.js';
import { EXIT } from '../exit-codes.js';
import { printRows, write, type Column } from '../print.js';
import { showProgress } from '../progress.js';

type Verification = Awaited<ReturnType<typeof verify>>;
type Finding = Verification['findings'][number];

interface Options {
  readonly from?: number;
  readonly replica?: boolean;
  readonly json?: boolean;
}

export function positionOf(text: string): number {
  const position = Number(text);
  if (!Number.isSafeInteger(position) || position < 0)
    throw new InvalidArgumentError('a position is wanted: 1, 2, 3 ...');
  return position;
}

const COLUMNS: readonly Column<Finding>[] = [
  { name: 'position', text: (finding) => finding.position },
  { name: 'event', text: (finding) => finding.name },
  { name: 'what', text: (finding) => finding.kind },
  { name: 'detail', text: (finding) => finding.detail, width: 90 },
];

function print(feed: Feed, { journalId, from, upTo, chainHash, events, findings, findingCount }: Verification): void {
  if (findingCount === 0)
    return write(
      `the ${feed} holds: ${events} events from position ${from} to ${upTo}\njournal ${journalId}\nchain hash ${chainHash}`,
    );
  printRows('table', { columns: COLUMNS, rows: findings });
  write(`${findingCount} findings in the ${feed}, positions ${from} to ${upTo}`);
}

async function verifyFeed({ from, replica, json }: Options): Promise<void> {
  const feed: Feed = replica ? 'replica' : 'journal';
  const progress = showProgress('verify');
  const result = await withConnection(async ({ journal, views }) => {
    try {
      const onProgress = ({ position, upTo }: { position: number; upTo: number }): void => progress.to(position, upTo);
      return await verify(replica ? views : journal, feed, { from, onProgress });
    } finally {
      progress.end();
    }
  });
  if (json) write(JSON.stringify(result));
  else print(feed, result);
  if (result.findingCount > 0) process.exitCode = EXIT.integrity;
}

export function addVerify(program: Command): void {
  program
    .command('verify')
    .description('recompute every hash; name each event that is changed, missing or out of order')
    .option('--from <position>', 'begin at this position', positionOf)
    .option('--replica', 'the replica instead of the journal')
    .option('--json', 'as JSON')
    .action(verifyFeed);
}
