import canonicalizeModule from 'canonicalize';
import jsonc from 'jsonc-parser';
import { isSurelyPlain } from './plain-json.js';
import type { Json } from './pointer.js';

/** What is wrong with a JSON text, where (a JSON pointer), by which rule, and the mend. */
export class JsonError extends Error {
  constructor(
    readonly rule: 'json' | 'duplicate-key' | 'no-nul' | 'no-lone-surrogate' | 'safe-number' | 'depth',
    readonly pointer: string,
    message: string,
  ) {
    super(message);
  }
}

/** The package is CommonJS and its types say otherwise. */
const canonicalize = canonicalizeModule as unknown as (value: unknown) => string | undefined;

const MAX_DEPTH = 32;

const toPointer = (path: readonly (string | number)[]): string =>
  path.map((segment) => `/${String(segment).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

/** Made only where something is wrong: keys may be as long as the text, and values as many. */
type Pointer = () => string;

function checkText(text: string, pointer: Pointer): void {
  if (text.includes('\0')) throw new JsonError('no-nul', pointer(), 'U+0000 cannot be stored; leave it out');
  if (!text.isWellFormed())
    throw new JsonError('no-lone-surrogate', pointer(), 'half of a surrogate pair; send UTF-8 text');
}

function checkNumber(value: number, source: string, pointer: Pointer): void {
  if (!Number.isFinite(value) || Math.abs(value) > Number.MAX_SAFE_INTEGER)
    throw new JsonError('safe-number', pointer(), `${source} is beyond 2^53; send it as a string`);
}

/**
 * Parses JSON that means one thing to every reader: no duplicate keys, U+0000, lone surrogates, numbers beyond
 * 2^53 or nesting deeper than 32.
 * Source: RFC 8785 section 3.1 and RFC 7493 (I-JSON).
 * @throws JsonError
 */
export function parseJson(text: string): Json {
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch (error) {
    throw new JsonError('json', '', `not JSON: ${(error as Error).message}`);
  }
  if (!isSurelyPlain(text, value, MAX_DEPTH)) checkMeaning(text);
  return value;
}

/** Longest text of a key or number in a sentence, in characters. */
const SHOWN = 40;

const shown = (text: string): string => (text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text);

/** The keys of an object so far; an array has none. */
type Keys = Set<string> | undefined;

function checkMeaning(text: string): void {
  const around: Keys[] = [];
  const enter = (keys: Keys, path: () => readonly (string | number)[]): void => {
    if (around.length >= MAX_DEPTH) throw new JsonError('depth', toPointer(path()), `nested deeper than ${MAX_DEPTH}`);
    around.push(keys);
  };
  jsonc.visit(text, {
    onObjectBegin: (_o, _l, _sl, _sc, path) => enter(new Set(), path),
    onObjectEnd: () => void around.pop(),
    onArrayBegin: (_o, _l, _sl, _sc, path) => enter(undefined, path),
    onArrayEnd: () => void around.pop(),
    onObjectProperty: (key, _o, _l, _sl, _sc, path) => {
      const pointer: Pointer = () => toPointer([...path(), key]);
      checkText(key, pointer);
      const keys = around.at(-1);
      if (keys?.has(key)) throw new JsonError('duplicate-key', pointer(), `"${shown(key)}" stands twice in one object`);
      keys?.add(key);
    },
    onLiteralValue: (value: unknown, offset, length, _sl, _sc, path) => {
      const pointer: Pointer = () => toPointer(path());
      if (typeof value === 'string') checkText(value, pointer);
      if (typeof value === 'number') checkNumber(value, shown(text.slice(offset, offset + length)), pointer);
    },
  });
}

/** The one text of a value. Source: RFC 8785 (JSON Canonicalization Scheme). */
export function canonicalJson(value: unknown): string {
  return canonicalize(value) ?? 'null';
}

/** Whether two values are the same JSON. */
export function jsonEqual(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  // Two texts are compared often, and need no other form for it.
  if (typeof a === 'string' && typeof b === 'string') return false;
  return canonicalJson(a) === canonicalJson(b);
}
