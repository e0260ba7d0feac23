import type { Command } from 'commander';
import { exportFeed, exportSpan, type ExportPart, type ExportRange, type Feed } from '#libs/journal';
import { withConnection } from '../connection.js';
import { writeWhole } from '../output.js';
import { showProgress } from '../progress.js';
import { positionOf } from './verify.js';

interface Options extends ExportRange {
  readonly replica?: boolean;
}

async function* textsOf(
  parts: AsyncIterable<ExportPart>,
  onPosition: (position: number) => void,
): AsyncGenerator<string> {
  for await (const { text, position } of parts) {
    onPosition(position);
    yield text;
  }
}

async function exportTo(file: string, { replica, ...range }: Options): Promise<void> {
  const feed: Feed = replica ? 'replica' : 'journal';
  const work = async (pool: Parameters<typeof exportFeed>[0]): Promise<void> => {
    const span = await exportSpan(pool, feed, range);
    const progress = showProgress('export');
    const onPosition = (position: number): void => progress.to(position - span.first + 1, span.last - span.first + 1);
    try {
      await writeWhole(file, textsOf(exportFeed(pool, feed, span), onPosition));
    } finally {
      progress.end();
    }
  };
  await withConnection(({ journal, views }) => work(replica ? views : journal), { evenStopped: 'litopys export' });
}

export function addExport(program: Command): void {
  program
    .command('export')
    .description('write the journal out, one CloudEvent a line, so complete that its hashes can be recomputed offline')
    .argument('[file]', 'a file (packed where its name ends in .gz), or - for standard output', '-')
    .option('--from <position>', 'the first event', positionOf)
    .option('--to <position>', 'the last event', positionOf)
    .option('--replica', 'the replica instead of the journal')
    .action(exportTo);
}
