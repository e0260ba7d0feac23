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

/**
 * Reads events as {@link scan} does, and where the database cannot read some (a damaged page takes all events on it
 * along), finds out which, and goes on behind them. On a connection inside a transaction the first damage is the end.
 * @throws what is not damage: a connection that is lost
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
    if (!isDamage(error)) throw error;
    const rest = { first: Math.min(next, span.last), last: span.last };
    if (rest.first === rest.last) return readOne(db, feed, rest.first, error.message, to);
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
    if (!isDamage(error)) throw error;
  }
  if (!isThere) to.unreadable(position, reason);
}
