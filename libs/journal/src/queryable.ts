import pg, { type Pool, type PoolClient } from 'pg';

/** A pool, or one connection inside its holder's transaction. */
export type Queryable = Pool | PoolClient;

/** Runs what needs one connection: the holder's, or one that a pool lends and gets back, or not where it is broken. */
export async function withClient<T>(db: Queryable, work: (client: PoolClient) => Promise<T>): Promise<T> {
  if (!(db instanceof pg.Pool)) return work(db);
  const client = await db.connect();
  let isSound = false;
  try {
    const result = await work(client);
    isSound = true;
    return result;
  } finally {
    client.release(!isSound);
  }
}

/** One connection of a pool for a generator's life: given back where that ends well, ended where it is left. */
export async function* withClientByTurns<T>(
  pool: Pool,
  work: (client: PoolClient) => AsyncGenerator<T>,
): AsyncGenerator<T> {
  const client = await pool.connect();
  let isSound = false;
  try {
    yield* work(client);
    isSound = true;
  } finally {
    client.release(!isSound);
  }
}
