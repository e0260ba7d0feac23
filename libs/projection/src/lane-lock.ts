import type { PoolClient } from 'pg';

const key = (name: string): string => `hashtextextended('litopys ${name}', 0)`;

/** Takes a session advisory lock of this database if it is free; it goes with the connection. */
export async function tryLock(client: PoolClient, name: string): Promise<boolean> {
  const { rows } = await client.query<{ locked: boolean }>(`select pg_try_advisory_lock(${key(name)}) as locked`);
  return rows[0]?.locked ?? false;
}

export async function unlock(client: PoolClient, name: string): Promise<void> {
  await client.query(`select pg_advisory_unlock(${key(name)})`);
}

/** The lock of a lane: one loop a lane, in whichever process. */
export const laneLock = (generation: number, lane: number): string => `lane ${generation}/${lane}`;
export const REBUILD_LOCK = 'rebuild';
