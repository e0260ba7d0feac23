import { JsonError, parseJson, type Json } from '#libs/contracts';
import { ValidationError } from '#libs/platform';
import { toPointer } from './mistakes.js';

const MENDS: Readonly<Record<JsonError['rule'], string>> = {
  json: 'Send one JSON value, RFC 8259.',
  'duplicate-key': 'Keep one of the two.',
  'no-nul': 'Leave the character out.',
  'no-lone-surrogate': 'Send well-formed Unicode.',
  'safe-number': 'Send it as a string, as amounts are.',
  depth: 'Nest less deeply.',
};

const refused = (field: string, rule: string, detail: string, mend: string): ValidationError =>
  new ValidationError(detail, { field, rule, mend });

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1).replace(/\.$/, '')}.`;

/** The path to an own key `__proto__`, which no schema knows and some readers take for the object's prototype. */
function prototypeKey(value: Json): PropertyKey[] | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (!Array.isArray(value) && Object.hasOwn(value, '__proto__')) return ['__proto__'];
  for (const [key, below] of Object.entries(value)) {
    const found = prototypeKey(below);
    if (found) return [key, ...found];
  }
  return undefined;
}

/**
 * The JSON value of a text that means one thing to every reader.
 * @throws ValidationError naming the pointer, the rule and the mend
 */
export function parseText(text: string): Json {
  let value: Json;
  try {
    value = parseJson(text);
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    throw refused(error.pointer, error.rule, sentence(error.message), MENDS[error.rule]);
  }
  const path = prototypeKey(value);
  if (path) throw refused(toPointer(path), 'unknown-key', 'There is no key "__proto__" here.', 'Leave it out.');
  return value;
}

/**
 * The JSON value of a request's body, UTF-8 as RFC 8259 has it.
 * @throws ValidationError
 */
export function parseBytes(bytes: Uint8Array): Json {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw refused('', 'utf-8', 'The body is not UTF-8.', 'Send JSON in UTF-8, uncompressed.');
  }
  return parseText(text);
}
