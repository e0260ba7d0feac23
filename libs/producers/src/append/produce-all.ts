import type { Pool } from 'pg';
import { LitopysError, ValidationError } from '#libs/platform';
import { checkEvent, type CheckedEvent } from '../check/check-event.js';
import { jsonFields } from '../check/field-names.js';
import { TooLargeError } from '../check/too-large.js';
import { MAX_BATCH, MAX_EVENT_BYTES } from '../limits.js';
import { appendBatchInTurn } from './append-in-turn.js';
import { decideDry } from './decide-dry.js';
import type { Asked } from './decide-next.js';
import type { Produced } from './outcome.js';
import type { ProduceOptions } from './produce.js';
import { identityConflict } from './refusals.js';
import { RefusedBatchError, type RefusedEvent } from './refused-batch.js';

type BatchOptions = Pick<ProduceOptions, 'actor' | 'now' | 'dryRun'>;

/** Each event once, and for each place in the batch which of them stands there. */
interface Sorted {
  readonly events: readonly CheckedEvent[];
  readonly places: readonly number[];
}

/** A batch may be far larger than an event, and what is checked takes longer the larger it is. @throws TooLargeError */
function refuseLarge(event: unknown, field: string): void {
  const bytes = Buffer.byteLength(JSON.stringify(event));
  if (bytes > MAX_EVENT_BYTES) throw new TooLargeError(bytes, field);
}

/** @throws RefusedBatchError naming every mistake of every event */
function checkAll(batch: readonly unknown[]): Sorted {
  const refused: RefusedEvent[] = [];
  const events: CheckedEvent[] = [];
  const places: number[] = [];
  const placeOf = new Map<string, number>();
  batch.forEach((event, index) => {
    try {
      refuseLarge(event, `/${index}`);
      const checked = checkEvent(event, jsonFields(`/${index}`));
      const identity = JSON.stringify([checked.event.source, checked.event.id]);
      const place = placeOf.get(identity);
      const twin = place === undefined ? undefined : events[place];
      if (twin && twin.fingerprint !== checked.fingerprint)
        throw identityConflict(checked, 'another event of the same batch');
      if (!twin) {
        placeOf.set(identity, events.length);
        events.push(checked);
      }
      places.push(place ?? events.length - 1);
    } catch (error) {
      if (!(error instanceof LitopysError)) throw error;
      refused.push({ at: index, error });
    }
  });
  if (refused.length > 0) throw new RefusedBatchError(refused, batch.length);
  return { events, places };
}

/** @throws RefusedBatchError */
async function decideAllDry(pool: Pool, asked: readonly Asked[]): Promise<Produced[]> {
  const outcomes = await decideDry(pool, asked);
  const refused = outcomes.flatMap((outcome, at) => ('refused' in outcome ? { at, error: outcome.refused } : []));
  if (refused.length > 0) throw new RefusedBatchError(refused, asked.length);
  return outcomes.filter((outcome) => 'event' in outcome);
}

/**
 * Takes CloudEvents as `produce` does one, in their order, all or none and in one commit: an event may build on those
 * before it. Those that stand already are answered as duplicates, also where an event is in the batch twice.
 *
 * @returns an answer an event, in their order
 * @throws RefusedBatchError with every mistake, its field a pointer into the batch, or TransientError; nothing is
 *   appended then, as far as the journal could be reached
 */
export async function produceAll(pool: Pool, batch: readonly unknown[], options: BatchOptions): Promise<Produced[]> {
  if (batch.length === 0) return [];
  if (batch.length > MAX_BATCH)
    throw new ValidationError(`The batch has ${batch.length} events; it may have ${MAX_BATCH}.`, {
      field: '',
      rule: 'batch-size',
      mend: 'Send it in several batches.',
    });
  const { actor, now, dryRun } = options;
  const { events, places } = checkAll(batch);
  const asked = events.map((checked): Asked => ({ checked, actor, now }));
  const outcomes = await (dryRun ? decideAllDry(pool, asked) : appendBatchInTurn(pool, asked));
  const answered = new Set<number>();
  return places.map((place) => {
    const outcome = outcomes[place];
    if (outcome === undefined) throw new Error('an event without an answer');
    const isRepeat = answered.has(place);
    answered.add(place);
    return isRepeat ? { ...outcome, duplicate: true } : outcome;
  });
}
