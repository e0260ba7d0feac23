import { ValidationError, type Mistake } from '#libs/platform';
import { nearest } from '../check/nearest.js';
import type { HttpRequest } from './http.js';

const KNOWN = ['dry_run'];

function unknown(name: string): Mistake {
  const near = nearest(name, KNOWN);
  return {
    field: name,
    rule: 'unknown-parameter',
    detail: `There is no parameter "${name}" here.`,
    mend: `${near === undefined ? '' : `Did you mean "${near}"? `}Known here: ${KNOWN.join(', ')}.`,
  };
}

/**
 * Whether the caller only wants to know what would become of the event; the one parameter of a producer's routes.
 * @throws ValidationError that names every other parameter
 */
export function readDryRun({ query }: HttpRequest): boolean {
  const given = (query ?? {}) as Readonly<Record<string, unknown>>;
  const mistakes = Object.keys(given)
    .filter((name) => !KNOWN.includes(name))
    .map(unknown);
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
