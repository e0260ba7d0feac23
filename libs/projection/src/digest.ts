import { createHash } from 'node:crypto';
import type { Pool, PoolClient } from 'pg';
import { ValidationError } from '#libs/platform';
import { watermarkOf } from './generations.js';
import { schemaOf, tablesOf } from './tables.js';

/**
 * One checksum of a generation's views as they stood at a position: equal for journal feed and replica, for views
 * projected event by event and rebuilt. Rows are hashed one by one and the hashes added, so that no order of rows and
 * no size of tables matters.
 *
 * @param at position; the watermark where left out
 * @returns hexadecimal SHA-256, and the position it is of
 * @throws ValidationError where the position is above the watermark
 */
export async function digestViews(
  pool: Pool,
  generation: number,
  at?: number,
): Promise<{ digest: string; position: number }> {
  const client = await pool.connect();
  try {
    await client.query('begin isolation level repeatable read read only');
    await client.query("set local timezone = 'UTC'");
    const watermark = await watermarkOf(client, generation);
    const position = at ?? watermark;
    if (position > watermark)
      throw new ValidationError(`the views stand at position ${watermark}, before ${position}`, {
        field: 'at',
        rule: 'projected-position',
        mend: 'wait until they have projected it, or leave --at out',
      });
    const hash = createHash('sha256');
    for (const table of [...(await tablesOf(client, generation)).keys()].sort())
      hash.update(`${table} ${await sumOfRows(client, `${schemaOf(generation)}.${table}`, position)}\n`);
    return { digest: hash.digest('hex'), position };
  } finally {
    await client.query('rollback').catch(() => undefined);
    client.release();
  }
}

async function sumOfRows(client: PoolClient, table: string, position: number): Promise<string> {
  const { rows } = await client.query<{ sum: string }>(
    `select count(*) || ' ' ||
        coalesce(sum(('x' || left(hash, 16))::bit(64)::bigint::numeric), 0) || ' ' ||
        coalesce(sum(('x' || right(hash, 16))::bit(64)::bigint::numeric), 0) as sum
      from (
        select md5((to_jsonb(t) || jsonb_build_object('to_position', case when t.to_position <= $1 then t.to_position end))::text) as hash
        from ${table} t
        where t.from_position <= $1
      ) hashed`,
    [position],
  );
  return rows[0]?.sum ?? '';
}
