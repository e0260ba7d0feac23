import type { Pool } from 'pg';
import type { Feed } from '#libs/journal';

/**
 * What a tool reads on this database: the journal where it stands here too, else its replica. They hold the same events
 * at the same positions, and the journal is never behind.
 */
export async function feedOf(views: Pool): Promise<Feed> {
  const { rows } = await views.query<{ here: boolean }>("select to_regclass('journal.events') is not null as here");
  return rows[0]?.here ? 'journal' : 'replica';
}
