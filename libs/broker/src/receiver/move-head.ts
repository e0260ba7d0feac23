import type { PoolClient } from 'pg';
import { firstPrevious, type JournalRow } from '#libs/journal';
import { sql } from '#libs/platform';
import { anotherJournal, brokenChain, wrongDataHash } from './faults.js';

const LOCK_HEAD = sql(import.meta.url, 'lock-head');
const READ_JOURNAL = sql(import.meta.url, 'read-journal');
const NAME_JOURNAL = sql(import.meta.url, 'name-journal');
const CHECK_RUN = sql(import.meta.url, 'check-run');
const MOVE_HEAD = sql(import.meta.url, 'move-head');

/** Rows whose chain is checked by one statement: bounds what one statement holds, not how far the head may move. */
const RUN = 20_000;

/** Where the replica stands after a batch. */
export interface Stored {
  /** Complete up to this position. */
  readonly head: number;
  readonly moved: boolean;
  /** The last position of the batch. */
  readonly last: number;
  /** Some of the batch stood there before. */
  readonly repeated: boolean;
}

interface Head {
  readonly journal_id: string | null;
  readonly position: number;
  readonly chain_hash: string | null;
}

/** @throws StopError `another-journal` when the replica follows another one than the rows are of */
export async function checkJournal(client: PoolClient, journalId: string, rows: readonly JournalRow[]): Promise<void> {
  const { rows: heads } = await client.query<Pick<Head, 'journal_id'>>(READ_JOURNAL);
  const own = heads[0]?.journal_id ?? null;
  if (own !== null && own !== journalId) throw anotherJournal(journalId, own, rows[0]?.position ?? 0);
}

/**
 * Moves the head over what follows it without a gap. Only a row of this very transaction can follow it: whatever others
 * have stored, they moved the head over before they let go of its row.
 */
export async function moveHead(
  client: PoolClient,
  journalId: string,
  rows: readonly JournalRow[],
  repeated: boolean,
): Promise<Stored> {
  const { rows: heads } = await client.query<Head>(LOCK_HEAD);
  const head = heads[0];
  if (head === undefined) throw new Error('replica.head has no row: run `litopys migrate`.');
  if (head.journal_id === null) await client.query(NAME_JOURNAL, [journalId]);
  else if (head.journal_id !== journalId) throw anotherJournal(journalId, head.journal_id, rows[0]?.position ?? 0);

  let { position } = head;
  let chainHash = head.chain_hash ?? firstPrevious(null, journalId);
  const follows = (): boolean => rows.some((row) => row.position === position + 1);
  for (let limit = follows() ? RUN : 0; limit > 0;) {
    const run = await checkRun(client, position, chainHash);
    limit = run.position === position + RUN ? RUN : 0;
    ({ position, chainHash } = run);
  }
  const moved = position > head.position;
  if (moved) await client.query(MOVE_HEAD, [journalId, position, chainHash]);
  return { head: position, moved, last: rows.at(-1)?.position ?? position, repeated };
}

interface Run {
  readonly position: number | null;
  readonly chain_hash: string | null;
  readonly broken_chain: number | null;
  readonly wrong_data: number | null;
}

async function checkRun(
  client: PoolClient,
  after: number,
  previous: string,
): Promise<{ position: number; chainHash: string }> {
  const { rows } = await client.query<Run>(CHECK_RUN, [after, previous, RUN]);
  const run = rows[0];
  if (run?.wrong_data != null) throw wrongDataHash(run.wrong_data);
  if (run?.broken_chain != null) throw brokenChain(run.broken_chain);
  return { position: run?.position ?? after, chainHash: run?.chain_hash ?? previous };
}
