import { setTimeout as wait } from 'node:timers/promises';
import { TransientError } from '#libs/platform';
import { isConnectionFailure } from '../connection-failures.js';
import type { Queryable } from '../queryable.js';
import { callAppend, type Batch } from './call-append.js';
import type { AppendRequest, Outcome, Verdict } from './request.js';

/** Waits before the second, third and fourth try of a call whose connection failed, in milliseconds. */
const WAITS = [50, 250, 1000];

/** Sends the same call again while its connection fails: identity makes a call that was carried out harmless. */
async function callWithRetries(db: Queryable, batches: readonly Batch[]): Promise<Verdict[]> {
  for (const pause of WAITS) {
    try {
      return await callAppend(db, batches);
    } catch (error) {
      if (!isConnectionFailure(error)) throw error;
      await wait(pause);
    }
  }
  return callAppend(db, batches);
}

function unknownOutcome(request: AppendRequest, cause: unknown): TransientError {
  return new TransientError(
    `The journal cannot be reached, and did not say whether it took the event ${request.id} of ${request.source}.`,
    { mend: `Send it again with the same id ${request.id}: it is taken once, however often it is sent.`, cause },
  );
}

const failed = (error: unknown): Outcome => ({ verdict: 'failed', error });

/** What can fail by itself: a whole batch, or one request of any other. */
const apart = (batch: Batch): Batch[] =>
  batch.whole ? [batch] : batch.requests.map((request) => ({ requests: [request], whole: false }));

/**
 * One by one, so that what is wrong with one spoils no other. Once the journal is away, none is tried in vain: what
 * became of the rest is as unknown, since they were sent together before.
 */
async function callOneByOne(db: Queryable, batches: readonly Batch[]): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  let away: unknown;
  for (const batch of batches.flatMap(apart)) {
    const { requests } = batch;
    if (away === undefined)
      try {
        outcomes.push(...(await callWithRetries(db, [batch])));
        continue;
      } catch (error) {
        if (isConnectionFailure(error)) away = error;
        else outcomes.push(...requests.map(() => failed(error)));
      }
    if (away !== undefined) outcomes.push(...requests.map((request) => failed(unknownOutcome(request, away))));
  }
  return outcomes;
}

/**
 * Carries out batches in one call, an outcome a request, in their order. A call whose connection fails is sent again a
 * few times, and one that fails altogether is sent batch by batch, request by request; an event whose first try was
 * carried out after all is then answered as a duplicate.
 */
export async function carryOut(db: Queryable, batches: readonly Batch[]): Promise<Outcome[]> {
  if (batches.flatMap(apart).length > 1)
    try {
      return await callWithRetries(db, batches);
    } catch {
      // Whose fault it was is found one by one.
    }
  return callOneByOne(db, batches);
}
