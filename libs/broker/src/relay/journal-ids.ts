import type { Pool, PoolClient } from 'pg';
import { sql } from '#libs/platform';

const BRANCHES = sql(import.meta.url, 'branches');

/** Tells under which id the journal stands at a position: a branch gives it a new one from there on. */
export type JournalIdAt = (position: number) => string;

/** The ids that hold, as of now. */
export async function readJournalIds(db: Pool | PoolClient): Promise<JournalIdAt> {
  const { rows } = await db.query<{ from_position: number; journal_id: string }>(BRANCHES);
  const branches = rows.map((row) => ({ from: row.from_position, id: row.journal_id }));
  return (position) => {
    const branch = branches.find(({ from }) => from <= position);
    if (branch === undefined) throw new Error(`journal.branches names no journal for position ${position}.`);
    return branch.id;
  };
}
