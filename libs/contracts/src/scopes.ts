import { CONTEXT_NAMES, type ContextName } from './contexts.js';

/** What a caller may do: `append` to every context or to one, `operate` what keeps a system running. */
export type Scope = 'append' | `append:${ContextName}` | 'operate';

export const SCOPES: readonly Scope[] = [
  'append',
  ...CONTEXT_NAMES.map((name) => `append:${name}` as const),
  'operate',
];

/** A scope that this release does not know is of no effect: it may be another release's. */
export const isScope = (text: string): text is Scope => (SCOPES as readonly string[]).includes(text);

/** Whether one of the scopes that a caller has covers the one that is needed. */
export function covers(has: readonly Scope[], needed: Scope): boolean {
  return has.includes(needed) || (needed.startsWith('append:') && has.includes('append'));
}
