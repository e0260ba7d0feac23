/** What every server of ours takes as the body of a request: an event, or the data of one. */
export const BODY_TYPES = ['application/json', 'application/cloudevents+json'] as const;

/** Its size at most, in bytes. */
export const MAX_BODY_BYTES = 256 * 1024;
