import type { z } from 'zod';
import type { Json } from '../pointer.js';

export type JsonObject = { readonly [key: string]: Json };

/** A version of a type that has a younger one: its schema stays for ever, and its data can be read as the next version's. */
export interface FormerVersion {
  readonly schema: z.ZodType;
  /**
   * The same event in the next version. Pure, and total: it also meets data that a correction has left odd. It moves
   * the pointers of `says` along with what they point at.
   */
  readonly upcast: (data: JsonObject) => JsonObject;
}

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const moved = (pointer: string, from: string, to: string): string =>
  pointer === from || pointer.startsWith(`${from}/`) ? to + pointer.slice(from.length) : pointer;

/** The citations of an event with the pointers of `says` led from one place to another. */
export function movePointers(citations: Json | undefined, from: string, to: string): Json {
  if (!Array.isArray(citations)) return citations ?? null;
  return citations.map((citation) => {
    if (!isObject(citation) || !isObject(citation['says'])) return citation;
    const says = Object.entries(citation['says']).map(([pointer, value]) => [moved(pointer, from, to), value]);
    return { ...citation, says: Object.fromEntries(says) as JsonObject };
  });
}
