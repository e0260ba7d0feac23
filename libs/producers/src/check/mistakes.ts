import type { z } from 'zod';
import type { Mistake } from '#libs/platform';
import { knownKeysAt } from './known-keys.js';
import { nearest } from './nearest.js';

type Issue = z.core.$ZodIssue;

/** A mistake that is put into words only where it is told: a body can hold tens of thousands. */
export type Finding = () => Mistake;

interface Checked {
  readonly schema: z.core.$ZodType;
  readonly input: unknown;
  /** JSON pointer to the input within what the caller sent. */
  readonly at: string;
}

/** RFC 6901. */
export const toPointer = (path: readonly PropertyKey[]): string =>
  path.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

const valueAt = (input: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined,
    input,
  );

/** Longest text of a key or value in a sentence, in characters. */
const SHOWN = 100;

const shown = (value: unknown): string => {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
};

const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);

const suggestion = (name: string, known: readonly string[], otherwise: string): string => {
  const near = nearest(name, known);
  return near === undefined ? otherwise : `Did you mean "${near}"? ${otherwise}`;
};

function unknownKeys(issue: Issue & { code: 'unrecognized_keys' }, { schema, at }: Checked): Finding[] {
  const known = knownKeysAt(schema, issue.path);
  const mend = `Known here: ${known.join(', ')}.`;
  return issue.keys.map((key) => () => ({
    field: `${at}${toPointer([...issue.path, key])}`,
    rule: 'unknown-key',
    detail: `There is no key ${shown(key)} here.`,
    mend: known.length > 0 ? suggestion(key, known, mend) : 'Leave it out.',
  }));
}

function unknownValue(issue: Issue & { code: 'invalid_value' }, value: unknown): Omit<Mistake, 'field'> {
  const known = issue.values.map(String);
  const detail = `${shown(value)} is not known here.`;
  return { rule: 'known-value', detail, mend: suggestion(String(value), known, `Known: ${known.join(', ')}.`) };
}

/** What every way of reading the value says against it, each once. */
function unionDetail(issue: Issue & { code: 'invalid_union' }): string {
  const messages = issue.errors.flat().map(({ message }) => message);
  return messages.length > 0 ? [...new Set(messages)].join(', or ') : issue.message;
}

function otherMistake(issue: Issue, value: unknown): Omit<Mistake, 'field'> {
  const detail = sentence(issue.code === 'invalid_union' ? unionDetail(issue) : issue.message);
  if (value === undefined && issue.code !== 'custom')
    return { rule: 'required', detail: `It is missing. ${detail}`, mend: 'Give it.' };
  switch (issue.code) {
    case 'invalid_value':
      return unknownValue(issue, value);
    case 'invalid_type':
      return { rule: 'type', detail, mend: `Send ${issue.expected === 'array' ? 'an' : 'a'} ${issue.expected}.` };
    case 'too_small':
    case 'too_big':
      return { rule: 'size', detail, mend: 'Keep within the limits that the schema of the type names.' };
    case 'invalid_key':
      return { rule: 'key', detail: sentence(issue.issues[0]?.message ?? issue.message), mend: 'Mend the key.' };
    case 'custom':
      return {
        rule: typeof issue.params?.['rule'] === 'string' ? issue.params['rule'] : 'value',
        detail,
        mend: 'Mend it as the sentence says.',
      };
    default:
      return { rule: 'format', detail, mend: 'Send it in the form that the sentence names.' };
  }
}

/** What is wrong with a value, by the issues that its schema found: where, which named rule it breaks, and the mend. */
export function mistakesOf(error: z.core.$ZodError, checked: Checked): Finding[] {
  return error.issues.flatMap((issue): Finding | Finding[] => {
    if (issue.code === 'unrecognized_keys') return unknownKeys(issue, checked);
    return () => ({
      field: `${checked.at}${toPointer(issue.path)}`,
      ...otherMistake(issue, valueAt(checked.input, issue.path)),
    });
  });
}
