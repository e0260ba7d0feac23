import { type z } from 'zod';
import { ValidationError, type Mistake } from '#libs/platform';
import { parameterNotes } from '#libs/published';

/** Parameters as they were sent, each once. */
export type Given = Readonly<Record<string, string>>;

const quoted = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(', ');

function unknownParameters(known: readonly string[], raw: Record<string, unknown>): Mistake[] {
  return Object.keys(raw)
    .filter((name) => !known.includes(name))
    .map((name) => ({
      field: name,
      rule: 'unknown-parameter',
      detail: `there is no parameter "${name}" here`,
      mend: known.length > 0 ? `known here: ${known.join(', ')}` : 'no parameters are known here',
    }));
}

const repeatedParameters = (raw: Record<string, unknown>): Mistake[] =>
  Object.entries(raw)
    .filter(([, value]) => typeof value !== 'string')
    .map(([field]) => ({
      field,
      rule: 'given-once',
      detail: `"${field}" is given more than once`,
      mend: 'give it once',
    }));

/** A bad code lists the good ones; whatever else is wrong says so in its schema's words. */
function detailOf(issue: z.core.$ZodIssue, sent: unknown): string {
  if (issue.code !== 'invalid_value') return issue.message;
  const index = issue.path[1];
  const value = typeof sent === 'string' && typeof index === 'number' ? sent.split(',')[index] : sent;
  return `${quoted([String(value)])} is not known; known values: ${issue.values.join(', ')}`;
}

function badValues(schema: z.ZodObject, error: z.ZodError, raw: Record<string, unknown>): Mistake[] {
  return error.issues.map((issue) => {
    const field = String(issue.path[0] ?? '');
    const own = schema.shape[field] as z.ZodType | undefined;
    const notes = own && parameterNotes.get(own);
    const detail = detailOf(issue, raw[field]);
    return issue.code === 'custom' && issue.params
      ? { field, rule: String(issue.params['rule']), detail, mend: String(issue.params['mend']) }
      : { field, rule: notes?.rule ?? 'value', detail, mend: notes?.mend };
  });
}

/**
 * Reads the parameters of a request by their schema.
 * @param raw as the HTTP server parsed them: one that is given twice is an array
 * @throws ValidationError that names every parameter that is unknown, repeated or bad, with the rule and the mend
 */
export function readQuery<Schema extends z.ZodObject>(schema: Schema, raw: Record<string, unknown>): z.output<Schema> {
  const known = Object.keys(schema.shape);
  const mistakes = [...unknownParameters(known, raw), ...repeatedParameters(raw)];
  const bad = new Set(mistakes.map((one) => one.field));
  const rest = Object.fromEntries(Object.entries(raw).filter(([name]) => !bad.has(name)));
  const read = schema.safeParse(rest);
  if (!read.success) mistakes.push(...badValues(schema, read.error, rest));
  if (read.success && mistakes.length === 0) return read.data;
  const [only] = mistakes;
  const message =
    mistakes.length === 1 && only
      ? `${only.field ?? ''}: ${only.detail}`
      : `${mistakes.length} parameters are not right`;
  throw new ValidationError(message, { code: 'bad-parameters', errors: mistakes });
}
