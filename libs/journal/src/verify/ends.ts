import { IntegrityError, sql } from '#libs/platform';
import { readBranches, type Branch } from '../branches.js';
import type { Queryable } from '../queryable.js';
import { feedHead, type FeedHead } from '../read.js';
import { statementFor, type Feed } from '../row.js';
import { isDamage } from '../scan/damage.js';
import type { Findings } from './findings.js';

/** Where a feed ends, by its head and by its events. */
export interface Ends extends FeedHead {
  /** Of all events; null where the database cannot tell. */
  readonly lastPosition: number | null;
}

/** What a read gives, or something else where the database cannot read it. */
export async function orWhereDamaged<T, U>(read: Promise<T>, otherwise: (error: Error) => U): Promise<T | U> {
  try {
    return await read;
  } catch (error) {
    if (isDamage(error)) return otherwise(error);
    throw error;
  }
}

/** Without it there is nothing that events could be checked against. */
function cannotRead(what: string): (error: Error) => never {
  return (cause) => {
    throw new IntegrityError(`${what} cannot be read: ${cause.message}`, {
      code: 'unreadable',
      mend: 'restore the database from a copy that can be read',
      cause,
    });
  };
}

/** @throws IntegrityError where the head cannot be read */
export async function readEnds(db: Queryable, feed: Feed): Promise<Ends> {
  const read = db.query<Ends>(statementFor(feed, sql(import.meta.url, 'feed-ends')));
  const ends = await orWhereDamaged(read, () => null);
  if (ends?.rows[0]) return ends.rows[0];
  const head = await orWhereDamaged(feedHead(db, feed), cannotRead(`${feed}.head`));
  return { ...head, lastPosition: null };
}

/** @throws IntegrityError where they cannot be read */
export const branchesOf = (db: Queryable, feed: Feed): Promise<Branch[]> =>
  orWhereDamaged(readBranches(db, feed), cannotRead(`${feed}: where each journal id begins`));

/** Names a head that does not tell where the events end. @param stored the hash in the last event, where it is known */
export function checkHead(
  ends: Ends,
  stored: string | null | undefined,
  branches: readonly Branch[],
  findings: Findings,
): void {
  const { position, lastPosition } = ends;
  if (lastPosition !== null && lastPosition > position)
    findings.add('head', position, `The head stands at ${position}, the last event at ${lastPosition}.`);
  else if (stored !== undefined && stored !== ends.chainHash)
    findings.add('head', position, 'The chain hash of the head is not that of the last event.');
  if (position > 0 && branches.at(-1)?.journalId !== ends.journalId)
    findings.add('head', position, `The head names the journal ${ends.journalId}, which did not begin here.`);
}
