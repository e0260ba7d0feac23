import { CONTEXTS, contextOf, type EventTypeName } from '#libs/contracts';
import type { Command } from '../command.js';
import type { Refusal } from '../refusal.js';

const KINDS = Object.values(CONTEXTS).flatMap((context) => context.kinds);

function refusal(detail: string, mend: string, field: 'subject' | 'type'): Refusal[] {
  return [{ rule: 'wrong-context', field, detail, mend }];
}

/** A stream takes the types of its own context: a pledge is announced, never signed. */
export function refuseContext({ stream, type }: Command): Refusal[] {
  const context = contextOf(stream);
  if (context === undefined)
    return refusal(
      `No context keeps streams such as ${stream}.`,
      `Name a stream of one of these kinds: ${KINDS.join(', ')}.`,
      'subject',
    );
  const types: readonly EventTypeName[] = Object.values(CONTEXTS[context].verbs);
  if (types.includes(type)) return [];
  return refusal(`${type} is no event of ${stream}.`, `The context ${context} takes ${types.join(', ')}.`, 'type');
}
