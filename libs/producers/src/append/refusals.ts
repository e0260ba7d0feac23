import type { Refusal, Rule } from '#libs/domain';
import {
  ConcurrencyError,
  ConflictError,
  NotFoundError,
  TransientError,
  ValidationError,
  type ErrorDetails,
  type LitopysError,
} from '#libs/platform';
import type { CheckedEvent } from '../check/check-event.js';
import type { FieldNames } from '../check/field-names.js';
import { MAX_REDECISIONS } from '../limits.js';

/** Rules that speak of how the stream stands, and not of the event alone. */
const CONFLICTS: ReadonlySet<Rule> = new Set<Rule>([
  'slug-taken',
  'stream-retracted',
  'line-id-taken',
  'stale-from',
  'already-retracted',
  'not-retracted',
  'retracts-nothing',
  'reinstates-nothing',
]);

function fieldOf(refusal: Refusal, fields: FieldNames): string {
  if (refusal.field === 'subject' || refusal.field === 'type') return fields.attribute(refusal.field);
  return `${fields.data}${refusal.field}`;
}

/** A refusal of the domain as an error: 404 for a stream that was never opened, 409 where the stream stands against it, else 400. */
export function refusalError(refusals: readonly [Refusal, ...Refusal[]], fields: FieldNames): LitopysError {
  const [first] = refusals;
  const errors = refusals.map(({ rule, detail, mend, ...one }) => ({
    field: fieldOf({ rule, detail, mend, ...one }, fields),
    rule,
    detail,
    mend,
  }));
  const details: ErrorDetails = { code: first.rule, errors };
  if (first.rule === 'stream-not-open') return new NotFoundError(first.detail, details);
  return CONFLICTS.has(first.rule)
    ? new ConflictError(first.detail, details)
    : new ValidationError(first.detail, details);
}

/** Another event stands under the identity of this one, in the words of the way that it came. */
export function identityConflict({ event, fields }: CheckedEvent, standing: string | undefined): ConflictError {
  const named = standing === undefined ? 'another event' : standing;
  const isKey = fields.attribute('id') === 'Idempotency-Key';
  const identity = isKey
    ? `The Idempotency-Key, which gives the id ${event.id},`
    : `The id ${event.id} of ${event.source}`;
  return new ConflictError(`${identity} is taken by ${named}, which says something else.`, {
    code: 'identity-conflict',
    field: fields.attribute('id'),
    rule: 'identity-conflict',
    mend: `Send what is new under ${isKey ? 'another Idempotency-Key' : 'an id of its own'}; a repeat must be the same in every byte of meaning.`,
  });
}

/** The stream is not where the caller believes it to be. */
export function wrongVersion(stream: string, expected: number, version: number): ConcurrencyError {
  return new ConcurrencyError(`${stream} is at version ${version}, not ${expected}.`, {
    field: 'If-Match',
    rule: 'wrong-version',
    mend: `Read the stream again, decide again, and send If-Match: "${version}".`,
  });
}

/** What events are called that share their fate, and how to send them again. */
function wordsFor(events: readonly CheckedEvent[]): { readonly named: string; readonly mend: string } {
  const first = events[0]?.event;
  if (events.length === 1 && first)
    return {
      named: `the event ${first.id} of ${first.source}`,
      mend: `Send it again with the same id ${first.id}: it is taken once, however often it is sent.`,
    };
  return {
    named: `the ${events.length} events from ${first?.id} of ${first?.source} on`,
    mend: 'Send them again with the same ids: each is taken once, however often it is sent.',
  };
}

/** Others write to the streams so fast that no turn came. */
export function tooBusy(events: readonly CheckedEvent[]): TransientError {
  const { named, mend } = wordsFor(events);
  return new TransientError(`Others wrote to its stream ${MAX_REDECISIONS + 1} times while ${named} was decided.`, {
    code: 'stream-busy',
    rule: 'stream-busy',
    mend,
  });
}

/** The journal did not answer; what became of the events is not known. */
export function unknownOutcome(events: readonly CheckedEvent[], cause: unknown): TransientError {
  const { named, mend } = wordsFor(events);
  return new TransientError(`The journal cannot be reached, and did not say whether it has ${named}.`, { mend, cause });
}
