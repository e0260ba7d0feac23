import type { Json } from '#libs/contracts';
import { BATCH_TYPE, STRUCTURED_TYPE, ValidationError } from '#libs/platform';
import { HTTP_FIELDS, jsonFields, type FieldNames } from '../check/field-names.js';
import { eventOfBinary } from '../cloud-events/binary.js';
import { attributesInHeaders } from '../cloud-events/http-headers.js';
import { hasAttributes } from './body-types.js';
import type { HttpRequest } from './http.js';
import { readIdempotencyKey } from './request-headers.js';

export type Members = Readonly<Record<string, unknown>> | null;

/** A structured body may be accompanied by the same headers, which then say nothing. */
function isStructured({ headers }: HttpRequest): boolean {
  const contentType = String(headers['content-type']).trim().toLowerCase();
  return contentType.startsWith(STRUCTURED_TYPE) || !hasAttributes(headers);
}

/**
 * The event that a request carries, in whichever mode, and what its parts are called there.
 * Source: CloudEvents HTTP protocol binding 1.0.2, section 3.
 * @throws ValidationError
 */
export function sentEvent(request: HttpRequest, body: Json): { readonly event: Json; readonly fields: FieldNames } {
  if (Array.isArray(body))
    throw new ValidationError('The body is an array, and no event.', {
      field: '',
      rule: 'type',
      mend: `Send one event, or several as ${BATCH_TYPE}.`,
    });
  if (isStructured(request)) return { event: body, fields: jsonFields() };
  const attributes = attributesInHeaders(request.raw.headersDistinct);
  return { event: eventOfBinary(attributes, body, HTTP_FIELDS), fields: HTTP_FIELDS };
}

/**
 * A CloudEvent carries its identity in itself; a key that says otherwise is a mistake of the caller's.
 * @throws ValidationError
 */
export function checkKey(request: HttpRequest, event: Json): void {
  const key = readIdempotencyKey(request);
  if (key === undefined || key === (event as Members)?.['id']) return;
  throw new ValidationError('The Idempotency-Key is not the id of the event.', {
    field: 'Idempotency-Key',
    rule: 'idempotency-key',
    mend: 'Leave the header out: source and id of a CloudEvent are its identity.',
  });
}
