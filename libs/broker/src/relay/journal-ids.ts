import type { Pool, PoolClient } from 'pg';
import { readJournalIds as readIds } from '#libs/journal';

/** Tells under which id the journal stands at a position: a branch gives it a new one from there on. */
export type JournalIdAt = (position: number) => string;

/** The ids that hold, as of now. */
export async function readJournalIds(db: Pool | PoolClient): Promise<JournalIdAt> {
  const idAt = await readIds(db, 'journal');
  return (position) => {
    const id = idAt(position);
    if (id === null) throw new Error(`journal.branches names no journal for position ${position}.`);
    return id;
  };
}
