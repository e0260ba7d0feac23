import { sql } from '#libs/platform';
import { readBranches, type Branch } from '../branches.js';
import type { Queryable } from '../queryable.js';
import type { FeedHead } from '../read.js';
import { statementFor, type Feed, type JournalRow } from '../row.js';
import { CHANGED, ChainWalk } from './chain.js';
import { diagnose } from './diagnosis.js';
import { Findings, type IntegrityFinding } from './findings.js';

/** Positions that one short statement reads; an event has at most 256 KiB. */
const PAGE = 250;

export interface VerifyOptions {
  /** The first position to check; what stands before it is taken as it is. 1 where it is left out. */
  readonly from?: number;
  readonly onProgress?: (progress: { readonly position: number; readonly upTo: number }) => void;
}

export interface Verification {
  readonly journalId: string | null;
  readonly from: number;
  /** The head's position when the check began, and its chain hash: what a checkpoint would say. */
  readonly upTo: number;
  readonly chainHash: string | null;
  /** Events that were read. */
  readonly events: number;
  /** The first of them, by position; empty where all holds. */
  readonly findings: readonly IntegrityFinding[];
  /** All of them, beyond those named too. */
  readonly findingCount: number;
}

interface Ends extends FeedHead {
  readonly lastPosition: number;
}

async function query<Row extends object>(
  db: Queryable,
  feed: Feed,
  name: string,
  values: unknown[] = [],
): Promise<Row[]> {
  return (await db.query<Row>(statementFor(feed, sql(import.meta.url, name)), values)).rows;
}

async function hashBefore(db: Queryable, feed: Feed, position: number): Promise<string | null | undefined> {
  if (position === 1) return null;
  const [row] = await query<JournalRow>(db, feed, 'read-positions', [position - 1, position - 1]);
  return row?.chainHash;
}

async function nameSuspects(db: Queryable, feed: Feed, walk: ChainWalk, findings: Findings): Promise<void> {
  for (const { row, diagnosis } of diagnose(walk)) {
    if (diagnosis.is === 'intact') continue;
    if (diagnosis.is === 'reordered') {
      findings.add('reordered', row, `It belongs at position ${diagnosis.belongsAt}.`);
      continue;
    }
    const [twin] = await query<{ position: number }>(db, feed, 'find-twins', [row.stream, row.version, row.position]);
    if (twin) findings.add('doubled', row, `An event of this name stands at position ${twin.position} too.`);
    else findings.add('changed', row, CHANGED);
  }
}

function checkHead(ends: Ends, walk: ChainWalk, branches: readonly Branch[], findings: Findings): void {
  const { position, lastPosition } = ends;
  if (lastPosition > position)
    findings.add('head', position, `The head stands at ${position}, the last event at ${lastPosition}.`);
  else if (walk.stored !== undefined && walk.stored !== ends.chainHash)
    findings.add('head', position, 'The chain hash of the head is not that of the last event.');
  if (position > 0 && branches.at(-1)?.journalId !== ends.journalId)
    findings.add('head', position, `The head names the journal ${ends.journalId}, which did not begin here.`);
}

/**
 * Recomputes every hash of a feed from a position to its end, and names each event that is changed, missing, doubled
 * or out of order, and a head that does not tell where the events end. Reads page by page in short statements, in
 * constant memory, and is not disturbed by appends meanwhile: those are beyond the head that it began with. A cut tail
 * with a head cut to it, or a journal rewritten as a whole, holds in itself: only a checkpoint tells it.
 */
export async function verify(db: Queryable, feed: Feed, options: VerifyOptions = {}): Promise<Verification> {
  const from = Math.max(1, options.from ?? 1);
  const [ends] = await query<Ends>(db, feed, 'feed-ends');
  if (ends === undefined) throw new Error(`${feed}.head has no row: its migration has not run.`);
  const branches = await readBranches(db, feed);
  const findings = new Findings();
  const walk = new ChainWalk(from, await hashBefore(db, feed, from), branches, findings);
  // A replica may hold events beyond its head: they came early. A journal may not.
  const upTo = feed === 'journal' ? Math.max(ends.position, ends.lastPosition) : ends.position;
  for (let first = from; first <= upTo; first += PAGE) {
    const last = Math.min(first + PAGE - 1, upTo);
    for (const row of await query<JournalRow>(db, feed, 'read-positions', [first, last])) walk.take(row);
    options.onProgress?.({ position: last, upTo });
  }
  walk.expect(upTo + 1);
  await nameSuspects(db, feed, walk, findings);
  checkHead(feed === 'replica' ? { ...ends, lastPosition: 0 } : ends, walk, branches, findings);
  return {
    journalId: ends.journalId,
    from,
    upTo: ends.position,
    chainHash: ends.chainHash,
    events: walk.events,
    findings: findings.kept.toSorted((a, b) => a.position - b.position),
    findingCount: findings.count,
  };
}
