import { MAX_BODY_BYTES } from '#libs/platform';

/**
 * What a producer takes, in one place. Beside these numbers it is limited so far: each decision reads its stream whole.
 * How often a key may write is RATE_LIMIT's to say.
 */

/** An event's size at most: of the request's body, and of the data's canonical text. In bytes. */
export const MAX_EVENT_BYTES = MAX_BODY_BYTES;

/** How often an event is decided again after a race for its stream was lost, before the caller is told. */
export const MAX_REDECISIONS = 5;

/** Events of one batch at most; platform's MAX_BATCH_BYTES is the limit of its body. */
export const MAX_BATCH = 1_000;

/** Events that are decided together at most. */
export const MAX_TOGETHER = 1_000;

/** Longest Idempotency-Key, in characters; CloudEvents ids have the same limit. */
export const MAX_KEY_LENGTH = 200;
