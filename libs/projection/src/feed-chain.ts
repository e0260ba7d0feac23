import type { PoolClient } from 'pg';
import { statementFor, type Feed } from '#libs/journal';
import { sql } from '#libs/platform';

/** The chain hash of the feed's event at a position (hexadecimal), or `null` where there is none. */
export async function chainHashAt(client: PoolClient, feed: Feed, position: number): Promise<string | null> {
  const text = statementFor(feed, sql(import.meta.url, 'chain-hash-at'));
  const { rows } = await client.query<{ chainHash: string }>(text, [position]);
  return rows[0]?.chainHash ?? null;
}
