import { readFileSync } from 'node:fs';
import pg, { type PoolClient } from 'pg';
import type { DataSource, MixedList } from 'typeorm';

const BIGINT = 20;
const DATE = 1082;

/** bigint as a number (positions stay far below 2^53), date as `YYYY-MM-DD` text: no zone is ever applied to a day. */
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') => {
    if (oid === BIGINT) return Number;
    if (oid === DATE) return (text: string) => text;
    return pg.types.getTypeParser(oid, format) as (text: string) => unknown;
  }) as pg.CustomTypesConfig['getTypeParser'],
};

export interface PoolOptions {
  /** A role that every connection takes: the apps' own, which owns nothing. */
  readonly role?: string;
  /** Further settings of every session, by name. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Connections at most; 10 where it is left out. */
  readonly max?: number;
  readonly name?: string;
}

/** A pool of connections for the hot paths. Errors of idle connections are the pool's to replace, never a crash. */
export function makePool(url: string, options: PoolOptions = {}): pg.Pool {
  const settings = { ...options.settings, ...(options.role && { role: options.role }) };
  const flags = Object.entries(settings).map(([name, value]) => `-c ${name}=${value}`);
  const pool = new pg.Pool({
    connectionString: url,
    max: options.max ?? 10,
    application_name: options.name ?? 'litopys',
    // A pool that has none to give says so, instead of hanging whoever asks.
    connectionTimeoutMillis: 10_000,
    types,
    ...(flags.length > 0 && { options: flags.join(' ') }),
  });
  pool.on('error', () => undefined);
  // A connection that breaks while it is lent out also emits its error, which nobody else listens to: the query under
  // way is told all the same.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

type Isolation = 'read committed' | 'repeatable read' | 'serializable';

/**
 * Runs `work` in one transaction on a connection that the caller holds, and goes on holding.
 * @param options `onLost` is told where not even the rollback went through: the connection is of no more use
 */
export async function inTransactionOn<T>(
  client: PoolClient,
  work: (client: PoolClient) => Promise<T>,
  options: { readonly isolation?: Isolation; readonly onLost?: (error: Error) => void } = {},
): Promise<T> {
  try {
    await client.query(`begin isolation level ${options.isolation ?? 'read committed'}`);
    const result = await work(client);
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch((lost: Error) => options.onLost?.(lost));
    throw error;
  }
}

/**
 * Runs `work` in one transaction on one connection, which it is handed as its first argument; commits what it
 * returns from and rolls back what it throws from.
 */
export async function inTransaction<T>(
  pool: pg.Pool,
  work: (client: PoolClient) => Promise<T>,
  options: { readonly isolation?: Isolation } = {},
): Promise<T> {
  const client = await pool.connect();
  let failed: Error | undefined;
  try {
    return await inTransactionOn(client, work, { ...options, onLost: (lost) => (failed = lost) });
  } finally {
    client.release(failed);
  }
}

/**
 * A TypeORM data source over pg, initialised: for migrations and the operators' tables. It belongs to the caller, who
 * destroys it. TypeORM is loaded here alone: it takes a third of a second of processor time, and most processes never
 * need it.
 */
export async function openDataSource(
  url: string,
  options: {
    readonly migrations?: MixedList<new () => object>;
    readonly migrationsTableName?: string;
    readonly entities?: MixedList<new () => object>;
  },
): Promise<DataSource> {
  const typeorm = await import('typeorm');
  return new typeorm.DataSource({
    type: 'postgres',
    driver: pg,
    url,
    ...(options as { migrations?: never; entities?: never; migrationsTableName?: string }),
    migrationsTransactionMode: 'each',
  }).initialize();
}

const statements = new Map<string, string>();

/**
 * The text of `sql/<name>.sql` beside the module that asks; read once.
 * @param moduleUrl the asking module's `import.meta.url`
 */
export function sql(moduleUrl: string, name: string): string {
  const { href } = new URL(`./sql/${name}.sql`, moduleUrl);
  const known = statements.get(href);
  if (known !== undefined) return known;
  const text = readFileSync(new URL(href), 'utf8');
  statements.set(href, text);
  return text;
}
