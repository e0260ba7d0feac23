import { sql, TransientError } from '#libs/platform';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { isConnectionFailure } from './connection-failures.js';
import type { Queryable } from './queryable.js';
import type { JournalRow } from './row.js';

/** An event that a producer has decided, as it asks the journal to take it. */
export interface AppendRequest extends Omit<
  JournalRow,
  'position' | 'version' | 'recordedAt' | 'dataHash' | 'chainHash'
> {
  /** The version that the stream must be at (0: not there yet); null asks for no check. */
  readonly expectedVersion: number | null;
}

/**
 * What became of a request. `appended`: it stands there now. `duplicate`: it stood there already. `conflict`: another
 * event stands there under its source and id. `wrong-version`: nothing was appended, the stream is at `version`.
 */
export interface Verdict {
  readonly verdict: 'appended' | 'duplicate' | 'conflict' | 'wrong-version';
  readonly position: number | null;
  readonly version: number | null;
  readonly recordedAt: string | null;
}

/** What became of a request that was asked for with others: a verdict, or why there is none. */
export type Outcome = Verdict | { readonly verdict: 'failed'; readonly error: unknown };

/** Waits before the second, third and fourth try of a call whose connection failed, in milliseconds. */
const WAITS = [50, 250, 1000];

const column = <Key extends keyof AppendRequest>(requests: readonly AppendRequest[], key: Key) =>
  requests.map((request) => request[key]);

async function appendOnce(db: Queryable, requests: readonly AppendRequest[]): Promise<Verdict[]> {
  const { rows } = await db.query<Verdict>({
    name: 'journal-append',
    text: sql(import.meta.url, 'append'),
    values: [
      column(requests, 'stream'),
      column(requests, 'expectedVersion'),
      column(requests, 'source'),
      column(requests, 'id'),
      column(requests, 'fingerprint'),
      column(requests, 'type'),
      column(requests, 'dataschema'),
      column(requests, 'time'),
      column(requests, 'knownSince'),
      column(requests, 'knownBasis'),
      column(requests, 'actor'),
      column(requests, 'correlationId'),
      column(requests, 'causationId'),
      column(requests, 'data'),
    ],
  });
  return rows;
}

/** Sends the same call again while its connection fails: identity makes a call that was carried out harmless. */
async function appendWithRetries(db: Queryable, requests: readonly AppendRequest[]): Promise<Verdict[]> {
  for (const pause of WAITS) {
    try {
      return await appendOnce(db, requests);
    } catch (error) {
      if (!isConnectionFailure(error)) throw error;
      await wait(pause);
    }
  }
  return appendOnce(db, requests);
}

function unknownOutcome(request: AppendRequest, cause: unknown): TransientError {
  return new TransientError(
    `The journal cannot be reached, and did not say whether it took the event ${request.id} of ${request.source}.`,
    { mend: `Send it again with the same id ${request.id}: it is taken once, however often it is sent.`, cause },
  );
}

async function appendAlone(db: Queryable, request: AppendRequest): Promise<Verdict[]> {
  try {
    return await appendWithRetries(db, [request]);
  } catch (error) {
    throw isConnectionFailure(error) ? unknownOutcome(request, error) : error;
  }
}

/**
 * One by one, so that what is wrong with one request spoils no other. Once the journal is away, none is tried in vain:
 * what became of the rest is as unknown, since they were sent together before.
 */
async function appendOneByOne(pool: pg.Pool, requests: readonly AppendRequest[]): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  let away: TransientError | undefined;
  for (const request of requests) {
    if (away) outcomes.push({ verdict: 'failed', error: unknownOutcome(request, away.cause) });
    else
      try {
        outcomes.push(...(await appendAlone(pool, request)));
      } catch (error) {
        if (error instanceof TransientError) away = error;
        outcomes.push({ verdict: 'failed', error });
      }
  }
  return outcomes;
}

/**
 * Appends what may be appended: one call of `journal.append`, one transaction, an outcome a request, in their order. A
 * call whose connection fails is sent again a few times, and a call of several requests that fails altogether is sent
 * one by one; an event whose first try was carried out after all is then answered as a duplicate.
 *
 * @returns of a request that failed: a TransientError naming the id to retry with, where the journal cannot be reached,
 *   else what the database says of what it cannot store
 */
export async function appendEach(pool: pg.Pool, requests: readonly AppendRequest[]): Promise<Outcome[]> {
  if (requests.length > 1)
    try {
      return await appendWithRetries(pool, requests);
    } catch {
      // Whose fault it was is found one by one.
    }
  return appendOneByOne(pool, requests);
}

function verdictOf(outcome: Outcome): Verdict {
  if (outcome.verdict === 'failed') throw outcome.error;
  return outcome;
}

/**
 * Appends as {@link appendEach} does, for callers to whom a failure of one request is a failure of all. On a connection
 * of the caller's own nothing is sent again, and failures are the caller's.
 * @throws the first failure, after every request was tried
 */
export async function append(db: Queryable, requests: readonly AppendRequest[]): Promise<Verdict[]> {
  if (requests.length === 0) return [];
  if (!(db instanceof pg.Pool)) return appendOnce(db, requests);
  return (await appendEach(db, requests)).map(verdictOf);
}
