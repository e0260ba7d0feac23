import { sql } from '#libs/platform';
import { journalIdIn } from '../branches.js';
import type { Checkpoint } from '../checkpoint/checkpoint.js';
import type { Queryable } from '../queryable.js';
import { statementFor, type Feed, type JournalRow } from '../row.js';
import type { Link } from '../scan/link.js';
import { scanPastDamage, type ScanListener } from '../scan/scan-past-damage.js';
import { compare, mustBeOf, type Standing } from './against.js';
import { ChainWalk } from './chain.js';
import { branchesOf, checkHead, orWhereDamaged, readEnds } from './ends.js';
import { Findings, type IntegrityFinding } from './findings.js';
import { nameSuspects } from './name-suspects.js';
import { Previous } from './previous.js';

const PAGE = 5000;

export interface VerifyOptions {
  /** The first position to check; what stands before it is taken as it is. 1 where it is left out. */
  readonly from?: number;
  /** What was signed of this journal: its history must still come to that. */
  readonly against?: Checkpoint;
  /** Positions that one statement reads, streamed; 5000 where it is left out. */
  readonly page?: number;
  readonly onProgress?: (progress: { readonly position: number; readonly upTo: number }) => void;
}

export interface Verification {
  readonly journalId: string | null;
  readonly from: number;
  /** Where the events ended when the check began, and the chain hash there: what a checkpoint would say. */
  readonly upTo: number;
  readonly chainHash: string | null;
  /** Events that were read. */
  readonly events: number;
  /** The first of them, by position; empty where all holds. */
  readonly findings: readonly IntegrityFinding[];
  /** All of them, beyond those named too. */
  readonly findingCount: number;
}

/** What stands at a position; null where nothing does, or nothing that can be read. */
async function standingAt(db: Queryable, feed: Feed, position: number): Promise<Standing | null> {
  let standing: Standing | null = null;
  const take = (link: Link): void => void (standing ??= standingOf(link));
  await scanPastDamage(db, feed, { first: position, last: position }, { take, unreadable: () => undefined });
  return standing;
}

const standingOf = (link: Link): Standing => ({ chainHash: link.chainHash, recordedAt: link.row().recordedAt });

async function hashBefore(db: Queryable, feed: Feed, position: number): Promise<string | null | undefined> {
  if (position === 1) return null;
  return (await standingAt(db, feed, position - 1))?.chainHash;
}

function twinsIn(db: Queryable, feed: Feed): (row: JournalRow) => Promise<number | null> {
  return async ({ stream, version, position }) => {
    const text = statementFor(feed, sql(import.meta.url, 'find-twins'));
    const found = await orWhereDamaged(db.query<{ position: number }>(text, [stream, version, position]), () => null);
    return found?.rows[0]?.position ?? null;
  };
}

/**
 * Recomputes every hash of a feed from a position to its end, and names each event that is changed, missing, doubled,
 * out of order or not readable, and a head that does not tell where the events end. Reads in short statements and
 * constant memory, and is not disturbed by appends meanwhile: those are beyond the head that it began with. A cut tail
 * with a head cut to it, or a journal rewritten as a whole, holds in itself: only a checkpoint tells it.
 * @throws IntegrityError where a checkpoint is of another journal, or head or branches cannot be read
 */
export async function verify(db: Queryable, feed: Feed, options: VerifyOptions = {}): Promise<Verification> {
  const { from = 1, against, page = PAGE, onProgress } = options;
  const ends = await readEnds(db, feed);
  const branches = await branchesOf(db, feed);
  if (against) mustBeOf(against, journalIdIn(branches)(against.position));

  const findings = new Findings();
  const previous = new Previous(branches, ends.journalId);
  const walk = new ChainWalk({ next: from, before: await hashBefore(db, feed, from), previous }, findings);
  let signed: Standing | null = null;
  const listener: ScanListener = {
    take(link, unreadableData) {
      if (link.position === against?.position) signed ??= standingOf(link);
      walk.take(link, unreadableData);
    },
    unreadable: (position, reason) => walk.unreadable(position, reason),
  };

  // A replica may hold events beyond its head: they came early. A journal may not.
  const upTo = feed === 'journal' ? Math.max(ends.position, ends.lastPosition ?? 0) : ends.position;
  for (let first = from; first <= upTo; first += page) {
    const last = Math.min(first + page - 1, upTo);
    await scanPastDamage(db, feed, { first, last }, listener);
    onProgress?.({ position: last, upTo });
  }
  walk.end(upTo);

  await nameSuspects(walk, findings, twinsIn(db, feed));
  checkHead(feed === 'replica' ? { ...ends, lastPosition: null } : ends, walk.stored, branches, findings);
  if (against) {
    if (against.position < from) signed = await standingAt(db, feed, against.position);
    compare(against, signed, upTo, findings);
  }
  const { journalId, position, chainHash } = ends;
  return {
    journalId,
    from,
    upTo: position,
    chainHash,
    events: walk.events,
    findings: findings.kept,
    findingCount: findings.count,
  };
}
