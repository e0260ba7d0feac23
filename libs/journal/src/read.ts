import { sql } from '#libs/platform';
import type { Queryable } from './queryable.js';
import { statementFor, type Feed, type JournalRow } from './row.js';

/** No position lies beyond it. */
const NO_LIMIT = Number.MAX_SAFE_INTEGER;

/** Planned anew at every call: a prepared plan would outlive the small table that it was made for. */
async function query<Row extends object>(db: Queryable, feed: Feed, name: string, values: unknown[]): Promise<Row[]> {
  return (await db.query<Row>(statementFor(feed, sql(import.meta.url, name)), values)).rows;
}

/** One lane of several: the streams whose hash falls to it. Which ones depends on how many lanes there are. */
export interface Lane {
  /** From 0. */
  readonly lane: number;
  readonly lanes: number;
}

/** Which events of a feed: those after a position, up to another (the head, where it is left out), `limit` at most. */
export interface Range {
  readonly after: number;
  readonly upTo?: number;
  readonly limit: number;
  readonly lane?: Lane;
}

/** Events of a feed, or of one lane of it, in position order, never beyond its head. */
export async function readFeed(db: Queryable, feed: Feed, range: Range): Promise<JournalRow[]> {
  const { lane, lanes } = range.lane ?? { lane: 0, lanes: 1 };
  return query(db, feed, 'read-feed', [range.after, range.upTo ?? NO_LIMIT, lane, lanes, range.limit]);
}

/** All events of some streams, up to a position, by stream and version. */
export async function readStreams(
  db: Queryable,
  feed: Feed,
  streams: readonly string[],
  { upTo = NO_LIMIT }: { readonly upTo?: number } = {},
): Promise<JournalRow[]> {
  return query(db, feed, 'read-streams', [streams, upTo]);
}

/** One event by its name, or null. */
export async function readEvent(
  db: Queryable,
  feed: Feed,
  stream: string,
  version: number,
): Promise<JournalRow | null> {
  const [row] = await query<JournalRow>(db, feed, 'read-event', [stream, version]);
  return row ?? null;
}

/** One event by its identity, or null. */
export async function findByIdentity(
  db: Queryable,
  feed: Feed,
  source: string,
  id: string,
): Promise<JournalRow | null> {
  const [row] = await query<JournalRow>(db, feed, 'find-by-identity', [source, id]);
  return row ?? null;
}

/** What a repeat of an event is known by. */
export interface Identity {
  readonly source: string;
  readonly id: string;
}

/** Those of some events that are there, by their identities; in no order. */
export async function findByIdentities(
  db: Queryable,
  feed: Feed,
  identities: readonly Identity[],
): Promise<JournalRow[]> {
  return query(db, feed, 'find-by-identities', [
    identities.map(({ source }) => source),
    identities.map(({ id }) => id),
  ]);
}

/** Where a feed ends; up to there it has no gap. `chainHash` is null while it is empty. */
export interface FeedHead {
  /** Null in a replica that has not met its first event. */
  readonly journalId: string | null;
  readonly position: number;
  readonly chainHash: string | null;
}

export async function feedHead(db: Queryable, feed: Feed): Promise<FeedHead> {
  const [head] = await query<FeedHead>(db, feed, 'feed-head', []);
  if (head === undefined) throw new Error(`${feed}.head has no row: its migration has not run.`);
  return head;
}

/**
 * The last position recorded by an instant; 0 before the first.
 * @param isoTime an ISO 8601 instant with its zone
 */
export async function lastPositionAt(db: Queryable, feed: Feed, isoTime: string): Promise<number> {
  const [last] = await query<{ position: number }>(db, feed, 'last-position-at', [isoTime]);
  return last?.position ?? 0;
}
