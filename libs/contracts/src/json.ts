import canonicalizeModule from 'canonicalize';
import jsonc from 'jsonc-parser';
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

function checkText(text: string, pointer: string): void {
  if (text.includes('\0')) throw new JsonError('no-nul', pointer, 'U+0000 cannot be stored; leave it out');
  if (!text.isWellFormed())
    throw new JsonError('no-lone-surrogate', pointer, 'half of a surrogate pair; send UTF-8 text');
}

function checkNumber(value: number, source: string, pointer: string): void {
  if (!Number.isFinite(value) || Math.abs(value) > Number.MAX_SAFE_INTEGER)
    throw new JsonError('safe-number', pointer, `${source.slice(0, 40)} is beyond 2^53; send it as a string`);
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
  checkMeaning(text);
  return value;
}

function checkMeaning(text: string): void {
  const keys: Set<string>[] = [];
  const enter = (pointer: string): void => {
    if (keys.length >= MAX_DEPTH) throw new JsonError('depth', pointer, `nested deeper than ${MAX_DEPTH}`);
    keys.push(new Set());
  };
  jsonc.visit(text, {
    onObjectBegin: (_o, _l, _sl, _sc, path) => enter(toPointer(path())),
    onObjectEnd: () => void keys.pop(),
    onArrayBegin: (_o, _l, _sl, _sc, path) => enter(toPointer(path())),
    onArrayEnd: () => void keys.pop(),
    onObjectProperty: (key, _o, _l, _sl, _sc, path) => {
      const pointer = toPointer([...path(), key]);
      checkText(key, pointer);
      if (keys.at(-1)?.has(key)) throw new JsonError('duplicate-key', pointer, `"${key}" stands twice in one object`);
      keys.at(-1)?.add(key);
    },
    onLiteralValue: (value: unknown, offset, length, _sl, _sc, path) => {
      if (typeof value === 'string') checkText(value, toPointer(path()));
      if (typeof value === 'number') checkNumber(value, text.slice(offset, offset + length), toPointer(path()));
    },
  });
}

/** The one text of a value. Source: RFC 8785 (JSON Canonicalization Scheme). */
export function canonicalJson(value: unknown): string {
  return canonicalize(value) ?? 'null';
}

/** Whether two values are the same JSON. */
export function jsonEqual(a: unknown, b: unknown): boolean {
  return a === b || canonicalJson(a) === canonicalJson(b);
}
