import pg from 'pg';
import type { Queryable } from '../queryable.js';
import { callAppend } from './call-append.js';
import { appendInGroup } from './group-commit.js';
import type { AppendRequest, Outcome, Verdict } from './request.js';

/**
 * Appends what may be appended, in one commit with whatever else this process has to append: an outcome a request, in
 * their order.
 *
 * @returns of a request that failed: a TransientError naming the id to retry with, where the journal cannot be reached,
 *   else what the database says of what it cannot store
 */
export async function appendEach(pool: pg.Pool, requests: readonly AppendRequest[]): Promise<Outcome[]> {
  return appendInGroup(pool, { requests, whole: false });
}

/**
 * Appends as {@link appendEach} does, all of the requests or none; those that stand already are no hindrance. Where one
 * is in conflict or its stream at another version, the others are `withheld`.
 */
export async function appendWhole(pool: pg.Pool, requests: readonly AppendRequest[]): Promise<Outcome[]> {
  return appendInGroup(pool, { requests, whole: true });
}

function verdictOf(outcome: Outcome): Verdict {
  if (outcome.verdict === 'failed') throw outcome.error;
  return outcome;
}

/**
 * Appends as {@link appendEach} does, for callers to whom a failure of one request is a failure of all. On a connection
 * of the caller's own nothing is sent with others or again, and failures are the caller's.
 * @throws the first failure, after every request was tried
 */
export async function append(db: Queryable, requests: readonly AppendRequest[]): Promise<Verdict[]> {
  if (requests.length === 0) return [];
  if (!(db instanceof pg.Pool)) return callAppend(db, [{ requests, whole: false }]);
  return (await appendEach(db, requests)).map(verdictOf);
}
