import type { Bytes, Candidate, Earlier } from './candidate.js';
import type { Way } from './ways.js';

/** What must become of an input; `either` where only what holds of all is asked. */
export type Expected = 'taken' | 'refused' | 'either';

interface Judged {
  readonly expected: Expected;
  /** Of one mistake of a refusal, at least. */
  readonly rule?: string;
  readonly status?: number;
}

/** An event that comes by one of the ways. */
export interface EventInput extends Judged {
  readonly candidate: Candidate;
  readonly way: Way;
}

/** A request as it is; SLUG in path, headers and body stands for a slug of its own. */
export interface RequestInput extends Judged {
  readonly request: {
    readonly method: string;
    readonly path: string;
    readonly headers: readonly (readonly [string, string])[];
    readonly body: Bytes;
  };
  /** On the stream statement/SLUG. */
  readonly before?: readonly Earlier[];
}

/** Bytes on a connection, that may be no HTTP at all, after which it is closed. */
export interface ConnectionInput extends Judged {
  readonly connection: Bytes;
}

export type Input = EventInput | RequestInput | ConnectionInput;
