import { IntegrityError, NotFoundError, sql } from '#libs/platform';
import { readJournalIds } from '../branches.js';
import type { Queryable } from '../queryable.js';
import { statementFor, type Feed } from '../row.js';
import type { Checkpoint } from './checkpoint.js';

interface AtHead {
  readonly position: number;
  readonly headHash: string | null;
  readonly chainHash: string | null;
  readonly recordedAt: string | null;
}

/**
 * What can be signed of a feed now: its last event. The chain before it is not recomputed.
 * @throws NotFoundError while nothing is recorded
 * @throws IntegrityError where the head does not tell of the last event: a signature would make that worse
 */
export async function readCheckpoint(db: Queryable, feed: Feed): Promise<Checkpoint> {
  const { rows } = await db.query<AtHead>(statementFor(feed, sql(import.meta.url, 'checkpoint-at-head')));
  const { position = 0, headHash = null, chainHash = null, recordedAt = null } = rows[0] ?? {};
  if (position === 0)
    throw new NotFoundError(`the ${feed} is empty: there is nothing to sign`, { code: 'nothing-recorded' });
  const journalId = (await readJournalIds(db, feed))(position);
  if (chainHash === null || chainHash !== headHash || journalId === null)
    throw new IntegrityError(`the head of the ${feed} does not tell of the event at position ${position}`, {
      code: 'head',
      mend: 'run `litopys verify` and sign nothing until it holds',
    });
  return { journalId, position, chainHash, recordedAt };
}
