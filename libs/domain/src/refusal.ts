/** Every rule by which an event is refused, by its stable name: callers switch on it. */
export const RULES = [
  'wrong-context',
  'slug-mismatch',
  'slug-taken',
  'stream-not-open',
  'stream-retracted',
  'known-since-after-record',
  'known-since-basis',
  'line-id-taken',
  'line-unknown',
  'within-unknown',
  'within-circle',
  'draw-other-pledge',
  'line-without-pledge',
  'about-other-stream',
  'about-unknown',
  'about-record',
  'no-change',
  'path-unknown',
  'stale-from',
  'change-breaks-schema',
  'already-retracted',
  'not-retracted',
  'retracts-nothing',
  'reinstates-nothing',
  'dispute-unknown',
] as const;

export type Rule = (typeof RULES)[number];

/** Why an event is not taken: one rule that it breaks, where, in a sentence, and what to do about it. */
export interface Refusal {
  readonly rule: Rule;
  /** JSON pointer into the data; `subject` or `type` where it is the event as a whole. */
  readonly field: string;
  readonly detail: string;
  readonly mend: string;
}
