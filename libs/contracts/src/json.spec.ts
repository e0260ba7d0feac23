import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import jsonc from 'jsonc-parser';
import { withoutHanging } from '../../../test/support/without-hanging.js';
import { canonicalJson, JsonError, jsonEqual, parseJson } from './json.js';

const refusal = (text: string): { rule: string; pointer: string } => {
  try {
    parseJson(text);
  } catch (error) {
    if (error instanceof JsonError) return { rule: error.rule, pointer: error.pointer };
    throw error;
  }
  return { rule: 'accepted', pointer: '' };
};

const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);

describe('parseJson', () => {
  it.each([
    ['a key that stands twice', '{"a":{"b":1,"b":2}}', 'duplicate-key', '/a/b'],
    ['a key written twice by different escapes', '{"a":1,"\\u0061":2}', 'duplicate-key', '/a'],
    ['a key with a slash, in a list', '[{"c/d~":1,"c/d~":1}]', 'duplicate-key', '/0/c~1d~0'],
    ['U+0000 in a text', '{"title":"a\\u0000"}', 'no-nul', '/title'],
    ['U+0000 in a key', '{"\\u0000":1}', 'no-nul', '/\0'],
    ['the first half of a surrogate pair', '{"a":["\\ud800"]}', 'no-lone-surrogate', '/a/0'],
    ['the second half', '"\\udc00"', 'no-lone-surrogate', ''],
    ['2 to the 53rd', '{"count":9007199254740992}', 'safe-number', '/count'],
    ['its negative', '[-9007199254740993]', 'safe-number', '/0'],
    ['a number written by its exponent', '1e20', 'safe-number', ''],
    ['a number that overflows', '1e400', 'safe-number', ''],
    ['a thirty-third level', nested(33), 'depth', '/0'.repeat(32)],
    ['what is no JSON', '{"a":1,}', 'json', ''],
    ['a comment', '{} // yes', 'json', ''],
    ['nothing', '', 'json', ''],
  ])('refuses %s', (_what, text, rule, pointer) => {
    expect(refusal(text)).toEqual({ rule, pointer });
  });

  it('refuses nesting of any depth without running out of stack', () => {
    expect(refusal(nested(200_000)).rule).toBe('depth');
  });

  it('is not slowed down by values under a key that is long', () => {
    const text = `{"${'k'.repeat(2 ** 20)}":[${'0,'.repeat(2 ** 20)}0]}`;
    expect(withoutHanging(() => refusal(text).rule)).toBe('accepted');
  });

  it('cuts what it cites', () => {
    expect(() => parseJson(`{"${'k'.repeat(1000)}":1,"${'k'.repeat(1000)}":2}`)).toThrow(/^"k{40}…" stands twice/);
    expect(() => parseJson('1'.repeat(1000))).toThrow(/^1{40}… is beyond/);
  });

  it.each([
    ['the greatest number that is exact', '9007199254740991', 9007199254740991],
    ['thirty-two levels', `${nested(32)}`, JSON.parse(nested(32))],
    ['one key in two objects', '[{"a":1},{"a":1}]', [{ a: 1 }, { a: 1 }]],
    ['a whole surrogate pair', '"\\ud83c\\udde8\\ud83c\\udde6"', '🇨🇦'],
  ])('takes %s', (_what, text, value) => {
    expect(parseJson(text)).toEqual(value);
  });

  it('reads what was written, of any safe JSON', () => {
    const tamed = (_key: string, value: unknown): unknown => {
      if (typeof value === 'number') return Math.abs(value) > Number.MAX_SAFE_INTEGER ? 1 / value : value;
      return typeof value === 'string' ? value.replaceAll('\0', '') : value;
    };
    const safe = fc.jsonValue({ maxDepth: 5, stringUnit: 'grapheme' }).map((value) => JSON.stringify(value, tamed));
    fc.assert(fc.property(safe, (text) => jsonEqual(parseJson(text), JSON.parse(text))));
  });
});

/** JSON texts as anybody may write them: keys that stand twice, escapes of all kinds, numbers beyond what is exact. */
const { anything } = fc.letrec<{ anything: string }>((tie) => {
  const written = [
    'a',
    '\\u0061',
    '\\"',
    '\\\\',
    ':',
    '{',
    '\\n',
    'ї',
    '\\u0000',
    '\\ud83c',
    '\\udde8',
    '\\uD83C\\uDDE8',
  ];
  const quoted = fc.array(fc.constantFrom(...written), { maxLength: 3 }).map((units) => `"${units.join('')}"`);
  const member = fc.tuple(quoted, tie('anything')).map(([key, value]) => `${key} :${value}`);
  return {
    anything: fc.oneof(
      { depthSize: 'small' },
      quoted,
      fc.constantFrom('null', 'true', '0', '-1.5e3', '9007199254740991', '9007199254740992', '-1e999'),
      fc.array(member, { maxLength: 4 }).map((members) => `{${members.join(', ')}}`),
      fc.array(tie('anything'), { maxLength: 3 }).map((values) => `[ ${values.join(',')}]`),
    ),
  };
});

/** Whether a text means one thing, told by a reader that sees every key and value as it is written. */
function meansOneThing(text: string): boolean {
  let sound = true;
  const keys: string[][] = [];
  const hold = (what: boolean): void => void (sound &&= what);
  const isText = (value: string): boolean => value.isWellFormed() && !value.includes('\0');
  jsonc.visit(text, {
    onObjectBegin: () => void keys.push([]),
    onObjectEnd: () => void keys.pop(),
    onObjectProperty: (key) => {
      hold(isText(key) && !keys.at(-1)?.includes(key));
      keys.at(-1)?.push(key);
    },
    onLiteralValue: (value: unknown) => {
      if (typeof value === 'string') hold(isText(value));
      if (typeof value === 'number') hold(Math.abs(value) <= Number.MAX_SAFE_INTEGER);
    },
  });
  return sound;
}

it('parseJson takes a text if and only if it means one thing', () => {
  const seen = { taken: 0, refused: 0 };
  fc.assert(
    fc.property(anything, (text) => {
      const taken = refusal(text).rule === 'accepted';
      seen[taken ? 'taken' : 'refused']++;
      return taken === meansOneThing(text);
    }),
    { numRuns: 3000 },
  );
  expect(Math.min(seen.taken, seen.refused)).toBeGreaterThan(300);
});

describe('canonicalJson', () => {
  it('is one text for one value, whatever the order of its keys', () => {
    const shuffled = fc
      .dictionary(fc.string(), fc.jsonValue())
      .chain((object) =>
        fc
          .shuffledSubarray(Object.entries(object), { minLength: Object.keys(object).length })
          .map((entries) => [object, Object.fromEntries(entries)]),
      );
    fc.assert(fc.property(shuffled, ([object, other]) => canonicalJson(object) === canonicalJson(other)));
  });

  it('is the example of RFC 8785, section 3.2.2', () => {
    const text = String.raw`{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],"string":"\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/","literals":[null,true,false]}`;
    expect(canonicalJson(JSON.parse(text))).toBe(
      String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`,
    );
  });

  it('can be parsed again to the same value', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => jsonEqual(JSON.parse(canonicalJson(value)), value)));
  });
});

describe('jsonEqual', () => {
  it.each([
    [{ a: 1, b: [2] }, { b: [2], a: 1 }, true],
    [[1, 2], [2, 1], false],
    [null, {}, false],
    ['1', 1, false],
    [0, -0, true],
  ])('%j and %j: %p', (a, b, answer) => {
    expect(jsonEqual(a, b)).toBe(answer);
  });
});
