import type { PoolClient } from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { sql } from '#libs/platform';
import { statementFor, type Feed } from '../row.js';
import { CopyTuples } from './copy-tuples.js';
import type { Link } from './link.js';
import { COLUMNS, StoredLink } from './stored-link.js';

/** Positions of a feed, both ends within. */
export interface Span {
  readonly first: number;
  readonly last: number;
}

/** What is read of the data: all of it, or, where it cannot be read and the rest can, an empty text in its place. */
export type DataRead = 'data' | 'no-data';
const DATA: Readonly<Record<DataRead, string>> = { data: 'e.data', 'no-data': "''::text" };

/**
 * Reads events by position, beyond the head too, in constant memory however many and large they are: one statement,
 * streamed. `take` is called in order, for those before a failure as well. Nothing goes on before the caller does.
 * @throws what the database says of what it cannot read; whatever came before it has been taken
 */
export async function* scanByChunks(
  client: PoolClient,
  feed: Feed,
  { first, last }: Span,
  take: (link: Link) => void,
  data: DataRead = 'data',
): AsyncGenerator<void> {
  const statement = statementFor(feed, sql(import.meta.url, 'scan'))
    .replace(':first', String(Math.trunc(first)))
    .replace(':last', String(Math.trunc(last)))
    .replace(':data', DATA[data]);
  const link = new StoredLink();
  const tuples = new CopyTuples(COLUMNS, (bytes, fields) => {
    link.set(bytes, fields);
    take(link);
  });
  for await (const chunk of client.query(copyTo(statement))) {
    tuples.push(chunk as Buffer);
    yield;
  }
}

/** Reads all that {@link scanByChunks} does, without a stop. */
export async function scan(...read: Parameters<typeof scanByChunks>): Promise<void> {
  const chunks = scanByChunks(...read);
  while (!(await chunks.next()).done);
}
