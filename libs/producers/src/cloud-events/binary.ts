import type { Json } from '#libs/contracts';
import { ValidationError } from '#libs/platform';
import type { FieldNames } from '../check/field-names.js';

/**
 * An event that came in binary mode, as it would stand in structured mode: whatever carries it, it is checked and hashed
 * as the same event.
 * Source: CloudEvents 1.0.2, bindings for HTTP (section 3.1) and Kafka (section 3.2).
 *
 * @param attributes as text, under their CloudEvents names
 * @throws ValidationError
 */
export function eventOfBinary(attributes: ReadonlyMap<string, string>, data: Json, fields: FieldNames): Json {
  if (attributes.has('data'))
    throw new ValidationError('Nothing but attributes stands in the headers.', {
      field: fields.attribute('data'),
      rule: 'unknown-key',
      mend: 'Send the data as the body.',
    });
  return { ...Object.fromEntries(attributes), data };
}
