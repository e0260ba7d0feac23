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

/** One by one, so that what is wrong with one request spoils no other; while the journal is away, none is tried in vain. */
async function appendOneByOne(db: Queryable, requests: readonly AppendRequest[]): Promise<Verdict[]> {
  const verdicts: Verdict[] = [];
  const failures: unknown[] = [];
  for (const request of requests) {
    try {
      verdicts.push(...(await appendAlone(db, request)));
    } catch (error) {
      if (error instanceof TransientError) throw error;
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
  return verdicts;
}

/**
 * Appends what may be appended: one call of `journal.append`, one transaction, a verdict a request, in their order. On
 * a pool, a call whose connection fails is sent again a few times, and a call of several requests that fails altogether
 * is sent one by one; an event whose first try was carried out after all is then answered as a duplicate. On a
 * connection of the caller's own, failures are the caller's.
 * @throws TransientError naming the id to retry with, where the journal cannot be reached
 * @throws what the database says of a request that it cannot store, after every other one was tried
 */
export async function append(db: Queryable, requests: readonly AppendRequest[]): Promise<Verdict[]> {
  const [first] = requests;
  if (first === undefined) return [];
  if (!(db instanceof pg.Pool)) return appendOnce(db, requests);
  if (requests.length === 1) return appendAlone(db, first);
  try {
    return await appendWithRetries(db, requests);
  } catch {
    return appendOneByOne(db, requests);
  }
}
