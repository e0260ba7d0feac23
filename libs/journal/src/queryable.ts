import type { Pool, PoolClient } from 'pg';

/** A pool, or one connection inside its holder's transaction. */
export type Queryable = Pool | PoolClient;
