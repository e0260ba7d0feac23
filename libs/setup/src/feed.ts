import type { Pool } from 'pg';
import { feedHead, type Feed } from '#libs/journal';
import type { Config } from '#libs/platform';

/**
 * What the views of this database are made of: the replica where a broker is configured or something has arrived in it,
 * else the journal itself.
 */
export async function feedOf(views: Pool, { brokers }: Config): Promise<Feed> {
  if (brokers.length > 0) return 'replica';
  return (await feedHead(views, 'replica')).journalId === null ? 'journal' : 'replica';
}
