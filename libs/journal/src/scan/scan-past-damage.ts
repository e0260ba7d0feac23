import pg from 'pg';
import { until } from '#libs/platform';
import { isConnectionFailure } from '../connection-failures.js';
import { withClient, type Queryable } from '../queryable.js';
import type { Feed } from '../row.js';
import { isDamage } from './damage.js';
import type { Link } from './link.js';
import { scan, type DataRead, type Span } from './scan.js';

/** Who is told of what a scan comes by, in position order. */
export interface ScanListener {
  /** @param unreadableData why the data that came is not the event's, where only the rest could be read */
  take(link: Link, unreadableData?: string): void;
  /** Nothing can be read at a position. */
  unreadable(position: number, reason: string): void;
}

/** How long a server may take to come up again that has broken off. */
const BACK_MS = 30_000;

/**
 * Whether a connection ended under a scan, and others can be had: the server broke off, as it may where a row is damaged
 * and no checksum tells, or the network did. Read again in parts, one shows itself and the other does not.
 */
async function brokeOff(db: Queryable, error: unknown): Promise<boolean> {
  if (!(db instanceof pg.Pool) || !isConnectionFailure(error)) return false;
  const answers = (): Promise<boolean> =>
    db.query('select').then(
      () => true,
      () => false,
    );
  return until(answers, BACK_MS);
}

/**
 * Reads events as {@link scan} does, and where the database cannot read some (a damaged page takes all events on it
 * along), finds out which, and goes on behind them. On a connection inside a transaction the first damage is the end.
 * @throws what is not damage: a database that is away, and stays so
 */
export async function scanPastDamage(db: Queryable, feed: Feed, span: Span, to: ScanListener): Promise<void> {
  let next = span.first;
  const take = (link: Link): void => {
    next = link.position + 1;
    to.take(link);
  };
  try {
    await withClient(db, (client) => scan(client, feed, span, take));
  } catch (error) {
    if (!isDamage(error) && !(await brokeOff(db, error))) throw error;
    const rest = { first: Math.min(next, span.last), last: span.last };
    if (rest.first === rest.last) return readOne(db, feed, rest.first, (error as Error).message, to);
    const middle = Math.floor((rest.first + rest.last) / 2);
    await scanPastDamage(db, feed, { first: rest.first, last: middle }, to);
    await scanPastDamage(db, feed, { first: middle + 1, last: rest.last }, to);
  }
}

/** All of an event but its data, where it is the data alone that cannot be read: that lies elsewhere when it is long. */
async function readOne(db: Queryable, feed: Feed, position: number, reason: string, to: ScanListener): Promise<void> {
  let isThere = false;
  const take = (link: Link): void => {
    isThere = true;
    to.take(link, reason);
  };
  const only: DataRead = 'no-data';
  try {
    await withClient(db, (client) => scan(client, feed, { first: position, last: position }, take, only));
  } catch (error) {
    if (!isDamage(error) && !(await brokeOff(db, error))) throw error;
  }
  if (!isThere) to.unreadable(position, reason);
}
