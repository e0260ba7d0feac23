import type { Feed } from '#libs/journal';
import { sql } from '#libs/platform';
import type { Pool, PoolClient } from 'pg';

/** Tells the id under which the journal stands at a position; `null` while nothing is recorded. */
export type JournalIdAt = (position: number) => string | null;

export async function readJournalIds(db: Pool | PoolClient, feed: Feed): Promise<JournalIdAt> {
  const { rows } = await db.query<{ from: number; id: string }>(sql(import.meta.url, `${feed}-ids`));
  return (position) => rows.find(({ from }) => from <= position)?.id ?? null;
}
