import { sql } from '#libs/platform';
import type { Queryable } from '../queryable.js';
import { byteaArray, textArray } from './binary-array.js';
import type { AppendRequest, Verdict } from './request.js';

/** Requests of one caller; where it is `whole`, all of them are appended or none. */
export interface Batch {
  readonly requests: readonly AppendRequest[];
  readonly whole: boolean;
}

/** A number for each request: the same for those that stand or fall together. */
function batchNumbers(batches: readonly Batch[]): number[] {
  let last = 0;
  return batches.flatMap(({ requests, whole }) => {
    if (whole) last++;
    return requests.map(() => (whole ? last : ++last));
  });
}

/** One call of `journal.append`: on a pool a transaction of its own. A verdict a request, in their order. */
export async function callAppend(db: Queryable, batches: readonly Batch[]): Promise<Verdict[]> {
  const requests = batches.flatMap((batch) => batch.requests);
  const column = <Key extends keyof AppendRequest>(key: Key) => requests.map((request) => request[key]);
  const { rows } = await db.query<Verdict>({
    name: 'journal-append',
    text: sql(import.meta.url, 'append'),
    values: [
      batchNumbers(batches),
      textArray(column('stream')),
      column('expectedVersion'),
      textArray(requests.map(({ after }) => after?.source ?? null)),
      textArray(requests.map(({ after }) => after?.id ?? null)),
      textArray(column('source')),
      textArray(column('id')),
      byteaArray(column('fingerprint')),
      textArray(column('type')),
      textArray(column('dataschema')),
      textArray(column('time')),
      textArray(column('knownSince')),
      textArray(column('knownBasis')),
      textArray(column('actor')),
      textArray(column('correlationId')),
      textArray(column('causationId')),
      textArray(column('data')),
    ],
  });
  return rows;
}
