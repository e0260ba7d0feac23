import type { Pool, PoolClient } from 'pg';
import { IntegrityError, ValidationError } from '#libs/platform';
import { readJournalIds, type JournalIdAt } from '../branches.js';
import { structuredText } from '../cloud-events/structured.js';
import { withClientByTurns } from '../queryable.js';
import { feedHead } from '../read.js';
import type { Feed } from '../row.js';
import { isDamage } from '../scan/damage.js';
import type { Link } from '../scan/link.js';
import { scanByChunks, type Span } from '../scan/scan.js';

/** Positions that one statement reads, streamed. */
const PAGE = 5000;

/** Which events, both ends within; all up to the head where nothing is said. */
export interface ExportRange {
  readonly from?: number;
  readonly to?: number;
}

/** Some lines of an export, and the position of their last event. */
export interface ExportPart {
  readonly text: string;
  readonly position: number;
}

/** @throws ValidationError where the feed has no such positions */
export async function exportSpan(pool: Pool, feed: Feed, { from = 1, to }: ExportRange): Promise<Span> {
  const { position: head } = await feedHead(pool, feed);
  const span = { first: Math.max(1, from), last: to ?? head };
  if (span.last <= head && (span.first <= span.last || head === 0)) return span;
  throw new ValidationError(`the ${feed} has no events ${span.first} to ${span.last}: it ends at ${head}`, {
    code: 'no-such-positions',
    mend: 'give --from and --to within it',
  });
}

function mendOf(position: number): string {
  return `run \`litopys verify\`; what stands before it is exported by --to ${position - 1}`;
}

async function* partsOf(client: PoolClient, feed: Feed, span: Span, idAt: JournalIdAt): AsyncGenerator<ExportPart> {
  let next = span.first;
  let text = '';
  const take = (link: Link): void => {
    if (link.position !== next)
      throw new IntegrityError(`position ${next} is missing`, { code: 'missing', mend: mendOf(next) });
    text += `${structuredText(link.row(), idAt(next))}\n`;
    next += 1;
  };
  for await (const _ of scanByChunks(client, feed, span, take)) {
    if (text !== '') yield { text, position: next - 1 };
    text = '';
  }
  if (next <= span.last)
    throw new IntegrityError(`position ${next} is missing`, { code: 'missing', mend: mendOf(next) });
}

/**
 * Events as they are exported: each a CloudEvent in structured mode with all that the journal adds, in a line of its
 * own, in the journal's order and without a gap. So complete that the chain can be recomputed from it alone.
 * @throws IntegrityError where one is missing or cannot be read: what came before it is all there is
 */
export async function* exportFeed(pool: Pool, feed: Feed, { first, last }: Span): AsyncGenerator<ExportPart> {
  const idAt = await readJournalIds(pool, feed);
  let position = first - 1;
  try {
    for (let from = first; from <= last; from += PAGE) {
      const span = { first: from, last: Math.min(from + PAGE - 1, last) };
      for await (const part of withClientByTurns(pool, (client) => partsOf(client, feed, span, idAt))) {
        position = part.position;
        yield part;
      }
    }
  } catch (cause) {
    if (!isDamage(cause)) throw cause;
    throw new IntegrityError(`an event behind position ${position} cannot be read: ${cause.message}`, {
      code: 'unreadable',
      mend: mendOf(position + 1),
      cause,
    });
  }
}
