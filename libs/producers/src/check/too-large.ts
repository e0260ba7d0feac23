import { LitopysError } from '#libs/platform';
import { MAX_EVENT_BYTES } from '../limits.js';

/** The event is larger than anybody's has to be. */
export class TooLargeError extends LitopysError {
  readonly retriable = false;
  readonly status = 413;
  readonly title = 'The event is too large';

  constructor(bytes: number, field: string) {
    super('too-large', `It has ${bytes} bytes; an event may have ${MAX_EVENT_BYTES}.`, {
      field,
      rule: 'event-size',
      mend: 'Tell less in one event, or in several.',
    });
  }
}
