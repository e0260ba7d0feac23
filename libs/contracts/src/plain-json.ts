import type { Json } from './pointer.js';

/** Escapes by which a text may hold U+0000 or half of a surrogate pair. */
const ODD_ESCAPE = /\\u(0000|d[89a-f])/i;

/**
 * Whether it is sure, at a tenth of the cost of finding out where, that nothing stands against a JSON text: a key that
 * stands twice shows in there being fewer members in the value than in the text.
 * @param value what JSON.parse makes of it
 */
export function isSurelyPlain(text: string, value: Json, maxDepth: number): boolean {
  if (text.includes('\0') || !text.isWellFormed() || ODD_ESCAPE.test(text)) return false;
  return membersWritten(text) === membersOf(value, maxDepth);
}

/** Members of all objects in a JSON text: the colons outside of its strings. */
function membersWritten(text: string): number {
  let count = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text.charCodeAt(at);
    if (character === 0x3a) count++;
    if (character === 0x22) at = endOfString(text, at);
  }
  return count;
}

/** Where the string ends that begins at `start`, both by their quotes. */
function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  for (; text.charCodeAt(end - 1) === 0x5c; end = text.indexOf('"', end + 1)) {
    let before = end - 1;
    while (text.charCodeAt(before - 1) === 0x5c) before--;
    if ((end - before) % 2 === 0) return end;
  }
  return end;
}

/** Members of all objects in a value; NaN where it is nested too deeply or has a number that is not safe. */
function membersOf(value: Json, depth: number): number {
  if (typeof value === 'number') return Math.abs(value) <= Number.MAX_SAFE_INTEGER ? 0 : NaN;
  if (typeof value !== 'object' || value === null) return 0;
  if (depth === 0) return NaN;
  const values = Array.isArray(value) ? value : Object.values(value);
  let count = Array.isArray(value) ? 0 : values.length;
  for (const below of values) count += membersOf(below, depth - 1);
  return count;
}
