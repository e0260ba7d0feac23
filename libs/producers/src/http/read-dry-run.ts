import { ValidationError, type Mistake } from '#libs/platform';
import { nearest } from '../check/nearest.js';
import type { HttpRequest } from './http.js';

function unknown(name: string, known: readonly string[]): Mistake {
  const near = nearest(name, known);
  return {
    field: name,
    rule: 'unknown-parameter',
    detail: `There is no parameter "${name}" here.`,
    mend: `${near === undefined ? '' : `Did you mean "${near}"? `}Known here: ${known.join(', ')}.`,
  };
}

/**
 * Whether the caller only wants to know what would become of the event; but for those that a route reads itself the one
 * parameter of a producer's routes.
 *
 * @param besides parameters that the route reads itself
 * @throws ValidationError that names every other parameter
 */
export function readDryRun({ query }: HttpRequest, besides: readonly string[] = []): boolean {
  const known = ['dry_run', ...besides];
  const given = (query ?? {}) as Readonly<Record<string, unknown>>;
  const mistakes = Object.keys(given)
    .filter((name) => !known.includes(name))
    .map((name) => unknown(name, known));
  const value = given['dry_run'];
  if (value !== undefined && value !== 'true' && value !== 'false')
    mistakes.push({
      field: 'dry_run',
      rule: 'true-or-false',
      detail: 'dry_run is neither true nor false.',
      mend: 'Send dry_run=true, once, or leave it out.',
    });
  if (mistakes.length > 0)
    throw new ValidationError('The parameters are not right.', { code: 'bad-parameters', errors: mistakes });
  return value === 'true';
}
