import type { Problem } from '#libs/platform';
import { must } from './answer.js';

const segmentsOf = (pointer: string): string[] =>
  pointer
    .split('/')
    .slice(1)
    .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'));

/** Whether a pointer leads to a value, or to where one is missing. */
function leadsSomewhere(document: unknown, pointer: string): boolean {
  let value = document;
  for (const segment of segmentsOf(pointer).slice(0, -1)) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, segment)) return false;
    value = (value as Record<string, unknown>)[segment];
  }
  return typeof value === 'object' && value !== null;
}

/**
 * Every pointer of a refusal leads into what was sent.
 * @throws BrokenPromise
 */
export function mustPoint(problem: Problem, sent: Buffer): void {
  let document: unknown;
  try {
    document = JSON.parse(sent.toString());
  } catch {
    // There is nothing to lead into.
    return;
  }
  for (const { field } of problem.errors)
    if (field?.startsWith('/'))
      must(leadsSomewhere(document, field), 'a pointer leads into what was sent', { field, document });
}
