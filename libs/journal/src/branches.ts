import { sql } from '#libs/platform';
import type { Queryable } from './queryable.js';
import type { Feed } from './row.js';

/** From which position on a journal id holds. */
export interface Branch {
  readonly fromPosition: number;
  readonly journalId: string;
}

/** Where each journal id begins, in order; none in a replica that has not met its first event. */
export async function readBranches(db: Queryable, feed: Feed): Promise<Branch[]> {
  return (await db.query<Branch>(sql(import.meta.url, `branches-of-${feed}`))).rows;
}

/** Tells the id under which the journal stands at a position; null where none does. */
export type JournalIdAt = (position: number) => string | null;

export const journalIdIn =
  (branches: readonly Branch[]): JournalIdAt =>
  (position) =>
    branches.findLast(({ fromPosition }) => fromPosition <= position)?.journalId ?? null;

/** The ids that hold, as of now. */
export async function readJournalIds(db: Queryable, feed: Feed): Promise<JournalIdAt> {
  return journalIdIn(await readBranches(db, feed));
}
