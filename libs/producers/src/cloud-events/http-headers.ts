import { fromHeaderValue } from '#libs/contracts';
import { ValidationError } from '#libs/platform';

/** Headers of a request, each with all its values, names in lower case. */
export type DistinctHeaders = Readonly<Record<string, readonly string[] | undefined>>;

const refused = (field: string, rule: string, detail: string, mend: string): ValidationError =>
  new ValidationError(detail, { field, rule, mend });

function readHeader(name: string, values: readonly string[]): string {
  const [value = '', another] = values;
  if (another !== undefined) throw refused(name, 'given-once', `The header ${name} is given twice.`, 'Give it once.');
  const text = fromHeaderValue(value);
  if (text !== undefined) return text;
  throw refused(
    name,
    'percent-encoding',
    `The header ${name} is no percent-encoded UTF-8.`,
    'Write "%" as %25, the space as %20, the double quote as %22, and all that is not ASCII as the bytes of its UTF-8.',
  );
}

/**
 * The attributes of a CloudEvent in binary mode, as text.
 * Source: CloudEvents HTTP protocol binding 1.0.2, section 3.1.3.
 * @throws ValidationError that names the header
 */
export function attributesInHeaders(headers: DistinctHeaders): Map<string, string> {
  const attributes = new Map<string, string>();
  for (const [name, values] of Object.entries(headers))
    if (name.startsWith('ce-') && values !== undefined) attributes.set(name.slice(3), readHeader(name, values));
  if (attributes.has('datacontenttype'))
    throw refused(
      'ce-datacontenttype',
      'datacontenttype',
      'In binary mode the content type of the data is that of the body.',
      'Send Content-Type: application/json, and leave ce-datacontenttype out.',
    );
  const [contentType] = headers['content-type'] ?? [];
  if (contentType !== undefined) attributes.set('datacontenttype', contentType);
  return attributes;
}
