import type { Pool } from 'pg';
import { checkEvent } from '../check/check-event.js';
import type { FieldNames } from '../check/field-names.js';
import { appendInTurn } from './append-in-turn.js';
import { decideDry } from './decide-dry.js';
import type { Asked } from './decide-next.js';
import type { Produced } from './outcome.js';

export interface ProduceOptions {
  /** Who sends, as the journal keeps it. */
  readonly actor: string;
  /** The instant of asking, ISO UTC: its day is the recorded day that known dates are measured by. */
  readonly now: string;
  /** The version at which the caller believes the stream to be (0: not there yet); left out: at any. */
  readonly ifMatch?: number | undefined;
  /** Checks and decides as always, and appends nothing. */
  readonly dryRun?: boolean;
  /** What the parts of the event are called in problems; those of a CloudEvent where it is left out. */
  readonly fields?: FieldNames;
}

/**
 * Takes one CloudEvent: checks it against the published language, decides it on its stream, and appends it. The one way
 * into the journal, whatever the transport. A repeat of an event that stands is answered with the first result.
 *
 * @param pool connections to the journal's database
 * @param event a JSON value as `parseText` gives it: without duplicate keys, U+0000 and the like
 * @throws ValidationError, NotFoundError, ConflictError: refused, by rule, field and mend; TooLargeError; ConcurrencyError
 *   where `ifMatch` does not hold; TransientError where the journal is away, naming the id to retry with
 */
export async function produce(pool: Pool, event: unknown, options: ProduceOptions): Promise<Produced> {
  const { actor, now, ifMatch, dryRun, fields } = options;
  const asked: Asked = { checked: checkEvent(event, fields), actor, now, ifMatch };
  if (!dryRun) return appendInTurn(pool, asked);
  const [outcome] = await decideDry(pool, [asked]);
  if (outcome === undefined) throw new Error('an event without an answer');
  if ('refused' in outcome) throw outcome.refused;
  return outcome;
}
