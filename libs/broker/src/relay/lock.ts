import type { Pool, PoolClient } from 'pg';

/** A lock that ends with its connection: nobody who has lost it can go on without noticing. */
export interface Lock {
  /** Its own connection. Whoever writes through it writes under the lock. */
  readonly client: PoolClient;
  readonly isHeld: () => boolean;
  readonly release: () => void;
}

/**
 * Takes a session advisory lock by name, on a connection that serves nothing else, or answers null when another session
 * holds it. `onLost` is called when the connection ends by itself.
 */
export async function tryLock(pool: Pool, name: string, onLost: () => void): Promise<Lock | null> {
  const client = await pool.connect();
  let held = true;
  const lose = (): void => {
    if (!held) return;
    held = false;
    onLost();
  };
  client.on('error', lose);
  client.on('end', lose);
  // The connection is closed, not given back: that the lock goes with it is certain.
  const release = (): void => {
    held = false;
    client.release(true);
  };
  try {
    const { rows } = await client.query<{ taken: boolean }>(
      'select pg_try_advisory_lock(hashtextextended($1, 0)) as taken',
      [name],
    );
    if (rows[0]?.taken === true) return { client, isHeld: () => held, release };
    release();
    return null;
  } catch (error) {
    release();
    throw error;
  }
}
