/**
 * Values of CloudEvents attributes in HTTP headers.
 * Source: CloudEvents HTTP protocol binding 1.0.2, section 3.1.3.2.
 */

/** All that stands in a header as it is: printable ASCII without the space, the double quote and "%". */
const PLAIN = /[\x21\x23\x24\x26-\x7e]/;

const percentEncoded = (character: string): string =>
  [...new TextEncoder().encode(character)]
    .map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`)
    .join('');

/** A text as the value of a header. */
export const toHeaderValue = (text: string): string =>
  Array.from(text, (character) => (PLAIN.test(character) ? character : percentEncoded(character))).join('');

/**
 * What double quotes hold, which earlier releases of the binding allowed, with its backslash escapes undone; `undefined`
 * where one is not closed. That one matches too, up to the end: looked for again from each quote, it would take the square
 * of the length.
 */
function unquoted(value: string): string | undefined {
  let isOpen = false;
  const plain = value.replaceAll(/"((?:[^"\\]|\\.?)*)("|$)/g, (_, inner: string, end: string) => {
    isOpen ||= end === '';
    return inner.replaceAll(/\\(.)/g, '$1');
  });
  return isOpen ? undefined : plain;
}

/** The text in a header's value; `undefined` where it is not ASCII, has an open quote, or is no percent-encoded UTF-8. */
export function fromHeaderValue(value: string): string | undefined {
  if (!/^[\x20-\x7e]*$/.test(value)) return undefined;
  try {
    const plain = unquoted(value);
    return plain === undefined ? undefined : decodeURIComponent(plain);
  } catch {
    return undefined;
  }
}
