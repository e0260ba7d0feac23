import type { Problem } from '#libs/platform';
import type { Received } from './http-client.js';
import type { Called } from './serve.js';

/** Where an event stands, as an answer names it. */
export interface Place {
  readonly event: string;
  readonly id: string;
  readonly position: number | null;
  readonly duplicate: boolean;
}

/** What became of an input, whatever way it came. */
export interface Answer {
  readonly status: number;
  readonly places: readonly Place[];
  readonly problem?: Problem;
}

export class BrokenPromise extends Error {}

export function must(holds: boolean, promise: string, seen?: unknown): asserts holds {
  if (!holds)
    throw new BrokenPromise(seen === undefined ? promise : `${promise}: ${JSON.stringify(seen)?.slice(0, 2000)}`);
}

const SENTENCE = /^[^a-z\s].*[^\s.]\.$/su;

/** A refusal that helps: by code, and each mistake by field, rule, and a mend in a sentence. */
export function mustHelp(problem: Problem): void {
  must(problem.type === `urn:litopys:problem:${problem.code}`, 'a problem is named by its code', problem);
  must(problem.errors.length > 0, 'a problem names a mistake at least', problem);
  must(problem.errors.length <= 50, 'a problem names no more than 50 mistakes', problem.errors.length);
  for (const { field, rule, detail, mend } of problem.errors) {
    must(typeof field === 'string' && /^(\/.*|[A-Za-z][\w.-]*|)$/su.test(field), 'a mistake names its field', problem);
    must(typeof rule === 'string' && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(rule), 'a mistake names its rule', problem);
    must(typeof detail === 'string' && detail.endsWith('.'), 'a mistake is told in a sentence', problem);
    must(typeof mend === 'string' && SENTENCE.test(mend), 'a mistake says the mend, in a sentence', problem);
  }
}

export function answerOf({ status, contentType, text }: Received): Answer {
  must(status < 500, 'the server never fails', { status, text });
  const body: unknown = text === '' ? {} : JSON.parse(text);
  if (status < 300) return { status, places: [body].flat() as Place[] };
  must(/^application\/problem\+json/.test(contentType), 'a refusal is a problem', { status, contentType, text });
  const problem = body as Problem;
  must(problem.status === status, 'a problem says its status', problem);
  return { status, places: [], problem };
}

export function answerOfCall({ produced, problem }: Called): Answer {
  if (problem === undefined) {
    const places = produced ?? [];
    return { status: places.every(({ duplicate }) => duplicate) ? 200 : 201, places };
  }
  must(problem.status < 500, 'the library never fails', problem);
  return { status: problem.status, places: [], problem };
}
