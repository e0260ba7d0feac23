/** What every error of ours can say besides its sentence; `field` is a JSON pointer or the name of a parameter. */
export interface ErrorDetails {
  readonly code?: string;
  readonly field?: string;
  readonly rule?: string;
  /** What the reader should do about it, as a sentence. */
  readonly mend?: string;
  /** Several mistakes of one input, told at once. */
  readonly errors?: readonly Mistake[];
  /** How many there are beside those. */
  readonly more?: number;
  /** What HTTP says beside the body, `www-authenticate` for instance. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly cause?: unknown;
}

/** One mistake in an input: where, which named rule it breaks, and how to mend it. */
export interface Mistake {
  readonly field?: string;
  readonly rule?: string;
  readonly detail: string;
  readonly mend?: string;
}

/**
 * The root of every error that a caller may meet. `code` is stable (clients switch on it), `retriable` tells whether the
 * same call can succeed later unchanged, `status` is its HTTP status; the message is a sentence.
 */
export abstract class LitopysError extends Error {
  abstract readonly retriable: boolean;
  abstract readonly status: number;
  abstract readonly title: string;
  readonly code: string;
  readonly field?: string;
  readonly rule?: string;
  readonly mend?: string;
  readonly errors: readonly Mistake[];
  readonly more: number;
  readonly headers: Readonly<Record<string, string>>;

  constructor(defaultCode: string, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = new.target.name;
    this.code = details.code ?? defaultCode;
    this.field = details.field;
    this.rule = details.rule;
    this.mend = details.mend;
    this.errors = details.errors ?? [];
    this.more = details.more ?? 0;
    this.headers = details.headers ?? {};
  }
}

/** The input is malformed, or impossible in the record; sending it again unchanged is no use. */
export class ValidationError extends LitopysError {
  readonly retriable = false;
  readonly status = 400;
  readonly title = 'The request is not valid';

  constructor(message: string, details?: ErrorDetails) {
    super('validation', message, details);
  }
}

/** Nobody knows who asks: no key, or none that holds. */
export class UnauthenticatedError extends LitopysError {
  readonly retriable = false;
  readonly status = 401;
  readonly title = 'A key is needed';

  constructor(message: string, details?: ErrorDetails) {
    super('unauthenticated', message, details);
  }
}

/** It is known who asks, and that they may not. */
export class ForbiddenError extends LitopysError {
  readonly retriable = false;
  readonly status = 403;
  readonly title = 'The key does not allow it';

  constructor(message: string, details?: ErrorDetails) {
    super('forbidden', message, details);
  }
}

/** The path is there, by another method. */
export class MethodNotAllowedError extends LitopysError {
  readonly retriable = false;
  readonly status = 405;
  readonly title = 'That method is not served here';

  constructor(message: string, details?: ErrorDetails) {
    super('method-not-allowed', message, details);
  }
}

/** A body of that media type is not taken here. */
export class MediaTypeError extends LitopysError {
  readonly retriable = false;
  readonly status = 415;
  readonly title = 'That content type is not taken here';

  constructor(message: string, details?: ErrorDetails) {
    super('unsupported-media-type', message, details);
  }
}

/** The stream has moved on since the caller looked (If-Match): read it again, then decide again. */
export class ConcurrencyError extends LitopysError {
  readonly retriable = true;
  readonly status = 412;
  readonly title = 'The stream has another version';

  constructor(message: string, details?: ErrorDetails) {
    super('wrong-version', message, details);
  }
}

/** Something else stands under that name already: a taken slug, an id with another fingerprint. */
export class ConflictError extends LitopysError {
  readonly retriable = false;
  readonly status = 409;
  readonly title = 'Something else stands there already';

  constructor(message: string, details?: ErrorDetails) {
    super('conflict', message, details);
  }
}

/** Nothing answers to that name. */
export class NotFoundError extends LitopysError {
  readonly retriable = false;
  readonly status = 404;
  readonly title = 'Not found';

  constructor(message: string, details?: ErrorDetails) {
    super('not-found', message, details);
  }
}

/** Asked for more often than anybody may; later the same call may succeed. */
export class TooManyRequestsError extends LitopysError {
  readonly retriable = true;
  readonly status = 429;
  readonly title = 'Too many requests';

  constructor(message: string, details?: ErrorDetails) {
    super('rate-limit', message, details);
  }
}

/** Something we depend on is away, or not yet there: the same call may succeed later. */
export class TransientError extends LitopysError {
  readonly retriable = true;
  readonly status = 503;
  readonly title = 'Not available at the moment';

  constructor(message: string, details?: ErrorDetails) {
    super('unavailable', message, details);
  }
}

/** What is recorded, or what was signed of it, does not hold: it was changed, or belongs to something else. */
export class IntegrityError extends LitopysError {
  readonly retriable = false;
  readonly status = 500;
  readonly title = 'What is recorded does not hold';

  constructor(message: string, details?: ErrorDetails) {
    super('integrity', message, details);
  }
}

/** RFC 9457 `application/problem+json`, with our extension members. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: string;
  readonly retriable: boolean;
  readonly errors: readonly Mistake[];
  /** How many mistakes there are beside those; left out where there are none. */
  readonly more?: number;
}

/** Mistakes that are told at most: an answer stays readable, however much is wrong. */
export const MAX_MISTAKES = 50;

/** Turns an error of ours into a problem; whatever else arrives becomes a 500 that tells nothing of the inside. */
export function toProblem(error: unknown): Problem {
  if (!(error instanceof LitopysError)) return internalProblem();
  const own: Mistake = { field: error.field, rule: error.rule, detail: error.message, mend: error.mend };
  const errors = error.errors.slice(0, MAX_MISTAKES);
  const more = error.more + error.errors.length - errors.length;
  const tells = own.field !== undefined || own.rule !== undefined || own.mend !== undefined;
  return {
    type: `urn:litopys:problem:${error.code}`,
    title: error.title,
    status: error.status,
    detail: error.message,
    code: error.code,
    retriable: error.retriable,
    errors: errors.length > 0 ? errors : tells ? [own] : [],
    ...(more > 0 && { more }),
  };
}

function internalProblem(): Problem {
  return {
    type: 'urn:litopys:problem:internal',
    title: 'Internal error',
    status: 500,
    detail: 'Something went wrong on our side; it has been logged.',
    code: 'internal',
    retriable: false,
    errors: [],
  };
}
