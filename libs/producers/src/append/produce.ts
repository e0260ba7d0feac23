import type { Pool } from 'pg';
import { isConnectionFailure } from '#libs/journal';
import { checkEvent } from '../check/check-event.js';
import type { FieldNames } from '../check/field-names.js';
import { appendInTurn } from './append-in-turn.js';
import { decideNext, loadHistory, type Asked } from './decide-next.js';
import { findRepeat } from './identity-first.js';
import type { Produced } from './outcome.js';
import { unknownOutcome } from './refusals.js';

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
  return dryRun ? decideDry(pool, asked) : appendInTurn(pool, asked);
}

async function decideDry(pool: Pool, asked: Asked): Promise<Produced> {
  const { checked } = asked;
  try {
    const decided = decideNext(await loadHistory(pool, checked.event.subject), asked);
    const repeat = await findRepeat(pool, checked);
    if (repeat) return repeat;
    if ('refused' in decided) throw decided.refused;
    const { event, knownBasis } = decided.accepted;
    return {
      event: `${event.stream}@${event.version}`,
      id: checked.event.id,
      stream: event.stream,
      version: event.version,
      position: null,
      duplicate: false,
      dryRun: { knownSince: event.knownSince, knownBasis },
    };
  } catch (error) {
    throw isConnectionFailure(error) ? unknownOutcome(checked, error) : error;
  }
}
