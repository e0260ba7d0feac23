import fc from 'fast-check';
import { candidateOf, validEvent } from '../valid.js';
import { isFullObject, isLeaf, isStrict, spotWhere, textWithMember, textWithValue, type Spot } from '../spots.js';
import { byWays } from './inputs.js';
import type { InputClass } from './input-class.js';

const leaf = spotWhere(isLeaf);
const object = spotWhere(isFullObject);
const strictObject = spotWhere((value, path) => isFullObject(value) && isStrict(path));

/** Events in whose data a raw text stands for some value. */
const withRaw = (raws: fc.Arbitrary<string>, spots: fc.Arbitrary<Spot> = leaf) =>
  fc.record({ spot: spots, raw: raws }).map(({ spot, raw }) => candidateOf(spot.event, textWithValue(spot, raw)));

const withMember = (members: fc.Arbitrary<string>, spots: fc.Arbitrary<Spot>) =>
  fc
    .record({ spot: spots, member: members })
    .map(({ spot, member }) => candidateOf(spot.event, textWithMember(spot, member)));

const NO_JSON = [
  ...[
    '',
    '-',
    '+1',
    '01',
    '.5',
    '5.',
    '1e',
    '0x10',
    '1_000',
    '--1',
    'NaN',
    'Infinity',
    'undefined',
    'tru',
    'True',
    'nil',
  ],
  ...["'x'", '“x”', '`x`', '"\\x41"', '"\\u12"', '"\\u{41}"', '"tab\there"', '"line\nbreak"', '"a', '"a\\"', '"\0"'],
  ...[
    '1 2',
    '[1,]',
    '[,1]',
    '[1',
    '{"a":1,}',
    '{a:1}',
    '{"a"}',
    '{"a":}',
    '{,}',
    '/*c*/1',
    '1//c',
    '[1;2]',
    '(1)',
    '#',
  ],
];

const NULS = ['"\\u0000"', '"a\\u0000b"', '{"\\u0000":1}', '["\\u0000"]'];
const LONE = ['"\\ud83d"', '"\\udca9"', '"\\udca9\\ud83d"', '"a\\uD800z"', '{"\\udfff":1}', '"\\ud83d\\ud83d\\udca9"'];

const digits = fc
  .array(fc.integer({ min: 0, max: 9 }), { minLength: 17, maxLength: 60 })
  .map((all) => `9${all.join('')}`);
const tooGreat = fc.oneof(
  fc.constantFrom(
    '9007199254740992',
    '-9007199254740993',
    '1e16',
    '1e400',
    '-1e309',
    '1E+20',
    '0.1e20',
    '18446744073709551616',
  ),
  digits,
  digits.map((number) => `-${number}.5`),
  fc.integer({ min: 16, max: 99_999 }).map((exponent) => `1e${exponent}`),
);

/** The first key of the object at the spot once more, also where escapes hide that it is the same. */
function keyAgain({ value }: Spot, escaped: boolean): string {
  const [key = ''] = Object.keys(value as object);
  const plain = JSON.stringify(key);
  const hidden = `"${Array.from(key, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')}"`;
  return `${escaped ? hidden : plain}:null`;
}

const depths = fc.oneof(fc.integer({ min: 33, max: 300 }), fc.constantFrom(1000, 10_000, 40_000, 100_000));
const bomb = fc.oneof(
  depths.map((depth) => '['.repeat(depth) + ']'.repeat(depth)),
  depths.map((depth) => '['.repeat(depth)),
  depths.map((depth) => Math.min(depth, 40_000)).map((depth) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`),
  depths.map((depth) => Math.min(depth, 30_000)).map((depth) => `${'[{"a":'.repeat(depth)}1${'}]'.repeat(depth)}`),
);

const PROTOTYPE_KEYS = ['constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf', '__defineGetter__'];
const POLLUTION = ['{"polluted":true}', 'null', '"x"', '[]', '{"prototype":{"polluted":true}}'];
const pollution = fc.constantFrom(...POLLUTION);

export const jsonTextClasses: readonly InputClass[] = [
  {
    name: 'malformed JSON',
    inputs: byWays(withRaw(fc.constantFrom(...NO_JSON)), { expected: 'refused', rule: 'json' }),
  },
  {
    name: 'truncated',
    inputs: byWays(
      fc
        .record({ event: validEvent, left: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }) })
        .map(({ event, left }) => {
          const text = JSON.stringify(event.data);
          return candidateOf(event, text.slice(0, Math.floor(text.length * left)));
        }),
      { expected: 'refused' },
    ),
  },
  {
    name: 'duplicate keys',
    inputs: byWays(
      fc
        .record({ spot: object, escaped: fc.boolean() })
        .map(({ spot, escaped }) => candidateOf(spot.event, textWithMember(spot, keyAgain(spot, escaped)))),
      { expected: 'refused', rule: 'duplicate-key' },
    ),
  },
  { name: 'U+0000', inputs: byWays(withRaw(fc.constantFrom(...NULS)), { expected: 'refused', rule: 'no-nul' }) },
  {
    name: 'lone surrogates, escaped',
    inputs: byWays(withRaw(fc.constantFrom(...LONE)), { expected: 'refused', rule: 'no-lone-surrogate' }),
  },
  { name: 'numbers beyond 2^53', inputs: byWays(withRaw(tooGreat), { expected: 'refused', rule: 'safe-number' }) },
  { name: 'depth bombs', weight: 0.3, inputs: byWays(withRaw(bomb), { expected: 'refused' }) },
  {
    name: 'prototype keys',
    inputs: fc.oneof(
      byWays(
        withMember(
          pollution.map((value) => `"__proto__":${value}`),
          object,
        ),
        { expected: 'refused', rule: 'unknown-key' },
      ),
      byWays(
        withMember(
          fc
            .record({ key: fc.constantFrom(...PROTOTYPE_KEYS), value: pollution })
            .map(({ key, value }) => `"${key}":${value}`),
          strictObject,
        ),
        { expected: 'refused', rule: 'unknown-key' },
      ),
    ),
  },
];
