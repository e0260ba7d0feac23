import { collectionOf, KINDS, kindOf, typesOf } from '#libs/contracts';
import type { Command } from '../command.js';
import type { Refusal } from '../refusal.js';

function refusal(detail: string, mend: string, field: 'subject' | 'type'): Refusal[] {
  return [{ rule: 'wrong-context', field, detail, mend }];
}

/** A stream takes the types of its own context: a pledge is announced, never signed. */
export function refuseContext({ stream, type }: Command): Refusal[] {
  const collection = collectionOf(stream);
  if (collection === undefined)
    return refusal(
      `No context keeps streams such as ${stream}.`,
      `Name a stream of one of these kinds: ${KINDS.join(', ')}.`,
      'subject',
    );
  const types = typesOf(collection);
  if (types.includes(type)) return [];
  return refusal(`${type} is no event of ${stream}.`, `A stream ${kindOf(stream)}/ takes ${types.join(', ')}.`, 'type');
}
