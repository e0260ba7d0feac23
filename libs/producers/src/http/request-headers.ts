import { ValidationError } from '#libs/platform';
import { MAX_KEY_LENGTH } from '../limits.js';
import type { HttpRequest } from './http.js';

/** One header, or `undefined`; what was sent several times arrives joined by commas. */
function headerOf({ headers }: HttpRequest, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value.join(', ') : value;
}

/**
 * The key under which the caller repeats a request, as it was sent.
 * @throws ValidationError
 */
export function readIdempotencyKey(request: HttpRequest): string | undefined {
  const key = headerOf(request, 'idempotency-key');
  if (key === undefined || (key.length <= MAX_KEY_LENGTH && /^[\x20-\x7e]+$/.test(key))) return key;
  throw new ValidationError('The Idempotency-Key cannot be used.', {
    field: 'Idempotency-Key',
    rule: 'idempotency-key',
    mend: `Send 1 to ${MAX_KEY_LENGTH} characters of ASCII, a UUID for instance, or leave the header out.`,
  });
}

/**
 * The version in `If-Match: "<version>"`; one strong validator, since a stream has one version.
 * @throws ValidationError
 */
export function readIfMatch(request: HttpRequest): number | undefined {
  const value = headerOf(request, 'if-match');
  if (value === undefined) return undefined;
  const [, version] = /^"(\d{1,9})"$/.exec(value.trim()) ?? [];
  if (version !== undefined) return Number(version);
  throw new ValidationError('If-Match is not the version of a stream.', {
    field: 'If-Match',
    rule: 'if-match',
    mend: 'Send the ETag that an append answered, such as "3" with its quotes.',
  });
}
