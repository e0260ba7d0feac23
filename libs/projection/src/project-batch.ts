import type { PoolClient } from 'pg';
import type { StreamEvent, View } from '#libs/contracts';
import {
  feedHead,
  readFeed,
  readStreams,
  statementFor,
  toStreamEvent,
  UnknownTypeError,
  type Feed,
  type JournalRow,
} from '#libs/journal';
import { sql } from '#libs/platform';
import { chainHashAt } from './feed-chain.js';
import { grouped } from './grouped.js';
import { LoopStop } from './stop.js';
import { changesOfStream, needsEarlierEvents, type StreamChanges } from './stream-changes.js';
import { writeChanges, type Tables } from './tables.js';

/** One lane of a generation, and what it projects. */
export interface Lane {
  readonly generation: number;
  readonly lane: number;
  readonly lanes: number;
  readonly feed: Feed;
  readonly views: readonly View[];
  readonly tables: Tables;
}

export interface Batch {
  /** Position that the lane stands at after it. */
  readonly position: number;
  /** How many events of the lane it projected. */
  readonly events: number;
}

interface Progress {
  readonly position: number;
  readonly chainHash: string | null;
}

/** The lane's progress is another's, or gone: somebody else projects it, or the generation was dropped. */
export class ProgressLost extends Error {}

async function progressOf(client: PoolClient, lane: Lane): Promise<Progress> {
  const { rows } = await client.query<Progress>(sql(import.meta.url, 'progress'), [lane.generation, lane.lane]);
  const [progress] = rows;
  if (!progress) throw new ProgressLost(`generation ${lane.generation} is gone`);
  return progress;
}

/**
 * A feed that has another event where the progress stands, or a journal that ends before it, is another history: not
 * ours to go on with. A replica that ends before it has still to arrive there: the views were made of the journal itself,
 * by `npm start` on the same database.
 */
async function checkSameFeed(client: PoolClient, feed: Feed, progress: Progress): Promise<void> {
  if (progress.position === 0) return;
  const there = await chainHashAt(client, feed, progress.position);
  if (there === progress.chainHash || (there === null && feed === 'replica')) return;
  throw new LoopStop(
    'feed-diverged',
    `the ${feed} ${there === null ? 'ends before' : 'has another event at'} position ${progress.position}, up to which the views were projected`,
    'restore the journal that these views were made of; or, where this one is to stand, run `litopys rebuild`',
  );
}

function parsed(row: JournalRow): StreamEvent {
  try {
    return toStreamEvent(row);
  } catch (error) {
    const name = `${row.stream}@${row.version}`;
    if (error instanceof UnknownTypeError)
      throw new LoopStop(
        'needs-upgrade',
        `${name} is a ${row.type}, which this build does not know`,
        'deploy the release that knows it',
        name,
        { cause: error },
      );
    throw failure(name, error);
  }
}

const failure = (name: string, error: unknown): LoopStop =>
  new LoopStop(
    'projection-failed',
    `${name} could not be projected: ${(error as Error).message}`,
    'mend the rule that fails, deploy, and start again: the loop goes on from this event',
    name,
    { cause: error },
  );

async function earlierEvents(
  client: PoolClient,
  lane: Lane,
  fresh: Map<string, StreamEvent[]>,
  upTo: number,
): Promise<Map<string, StreamEvent[]>> {
  const needed = [...fresh]
    .filter(
      ([, events]) => (events[0]?.version ?? 1) > 1 && events.some((event) => needsEarlierEvents(lane.views, event)),
    )
    .map(([stream]) => stream);
  if (needed.length === 0 || upTo === 0) return new Map();
  const rows = await readStreams(client, lane.feed, needed, { upTo });
  return grouped(rows.map(parsed), (event) => event.stream);
}

function changesOf(
  views: readonly View[],
  earlier: readonly StreamEvent[],
  fresh: readonly StreamEvent[],
): StreamChanges {
  try {
    return changesOfStream(views, earlier, fresh);
  } catch (error) {
    throw namingTheEvent(views, earlier, fresh, error);
  }
}

/** Finds the first of the new events that fails, so that the stop names it. */
function namingTheEvent(
  views: readonly View[],
  earlier: readonly StreamEvent[],
  fresh: readonly StreamEvent[],
  error: unknown,
): LoopStop {
  for (const [index, event] of fresh.entries()) {
    try {
      changesOfStream(views, earlier, fresh.slice(0, index + 1));
    } catch (cause) {
      return failure(`${event.stream}@${event.version}`, cause);
    }
  }
  return failure(fresh.at(-1)?.stream ?? 'an event', error);
}

async function allChanges(
  client: PoolClient,
  lane: Lane,
  rows: readonly JournalRow[],
  upTo: number,
): Promise<StreamChanges> {
  const fresh = grouped(rows.map(parsed), (event) => event.stream);
  const earlier = await earlierEvents(client, lane, fresh, upTo);
  const all: StreamChanges = { additions: [], closings: [] };
  for (const [stream, events] of fresh) {
    const changes = changesOf(lane.views, earlier.get(stream) ?? [], events);
    for (const addition of changes.additions) all.additions.push(addition);
    for (const closing of changes.closings) all.closings.push(closing);
  }
  return all;
}

/** Data that a batch holds in memory at once, in bytes of text. */
const BATCH_BYTES = 32 * 1024 * 1024;

async function endOfBatch(client: PoolClient, lane: Lane, after: number, end: number, limit: number): Promise<number> {
  const text = statementFor(lane.feed, sql(import.meta.url, 'end-of-batch'));
  const { rows } = await client.query<{ position: number | null }>(text, [after, end, limit * lane.lanes, BATCH_BYTES]);
  return rows[0]?.position ?? end;
}

/**
 * Projects the lane's next events: their rows and the progress, in the transaction that the client is in. The caller
 * commits or rolls back; nothing else is touched.
 *
 * @param options `limit` events of the lane at most; `upTo` no position beyond it
 * @throws LoopStop where an event cannot be projected or the feed is another one, ProgressLost where the compare-and-set
 *   of the progress finds another's
 */
export async function projectBatch(
  client: PoolClient,
  lane: Lane,
  options: { readonly limit: number; readonly upTo?: number },
): Promise<Batch> {
  const progress = await progressOf(client, lane);
  await checkSameFeed(client, lane.feed, progress);
  const head = await feedHead(client, lane.feed);
  const end = Math.min(options.upTo ?? head.position, head.position);
  if (end <= progress.position) return { position: progress.position, events: 0 };
  const upTo = await endOfBatch(client, lane, progress.position, end, options.limit);
  const rows = await readFeed(client, lane.feed, {
    after: progress.position,
    upTo,
    limit: options.limit,
    lane: { lane: lane.lane, lanes: lane.lanes },
  });
  const last = rows.at(-1);
  const position = rows.length === options.limit && last ? last.position : upTo;
  await writeChanges(client, lane.generation, lane.tables, await allChanges(client, lane, rows, progress.position));
  const chainHash = last?.position === position ? last.chainHash : await chainHashAt(client, lane.feed, position);
  const moved = await client.query(sql(import.meta.url, 'advance-progress'), [
    lane.generation,
    lane.lane,
    progress.position,
    position,
    chainHash,
  ]);
  if (moved.rowCount !== 1)
    throw new ProgressLost(`lane ${lane.lane} of generation ${lane.generation} was moved by another loop`);
  return { position, events: rows.length };
}
