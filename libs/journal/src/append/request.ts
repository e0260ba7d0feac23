import type { Identity } from '../read.js';
import type { JournalRow } from '../row.js';

/** An event that a producer has decided, as it asks the journal to take it. */
export interface AppendRequest extends Omit<
  JournalRow,
  'position' | 'version' | 'recordedAt' | 'dataHash' | 'chainHash'
> {
  /** The version that the stream must be at (0: not there yet); null asks for no check. */
  readonly expectedVersion: number | null;
  /**
   * The event that the stream must end with, where the request was decided beside one that was not there yet: its version
   * alone would not tell whether another came to stand there.
   */
  readonly after?: Identity | undefined;
}

/**
 * What became of a request. `appended`: it stands there now. `duplicate`: it stood there already. `conflict`: another
 * event stands there under its source and id. `wrong-version`: nothing was appended, the stream is at `version`.
 * `withheld`: nothing speaks against it, but something does against another that it was to be appended with.
 */
export interface Verdict {
  readonly verdict: 'appended' | 'duplicate' | 'conflict' | 'wrong-version' | 'withheld';
  readonly position: number | null;
  readonly version: number | null;
  readonly recordedAt: string | null;
}

/** What became of a request that was asked for with others: a verdict, or why there is none. */
export type Outcome = Verdict | { readonly verdict: 'failed'; readonly error: unknown };
