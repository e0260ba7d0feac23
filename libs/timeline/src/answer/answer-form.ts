import Negotiator from 'negotiator';
import type { HttpRequest } from '../http.js';

/** Forms of an answer by the name that `format=` has for them, each with its media type, the usual one first. */
export type Forms<Name extends string> = Readonly<Record<Name, string>>;

/**
 * The form in which an answer is wanted: what `format=` says, else what `Accept` likes best, else the usual one: an
 * `Accept` that no form meets is not held against who asks.
 * Source: RFC 9110, section 12.5.1.
 */
export function answerForm<Name extends string>(
  forms: Forms<Name>,
  { headers }: HttpRequest,
  format: Name | undefined,
): Name {
  if (format !== undefined) return format;
  const names = Object.keys(forms) as [Name, ...Name[]];
  const accept = [headers['accept']].flat().join(', ');
  const liked = new Negotiator({ headers: { accept } }).mediaType(Object.values(forms));
  return names.find((name) => forms[name] === liked) ?? names[0];
}
