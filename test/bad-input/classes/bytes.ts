import fc from 'fast-check';
import type { Bytes, Candidate } from '../candidate.js';
import { isText, spotWhere, textWithValue } from '../spots.js';
import { candidateOf, validEvent, type ValidEvent } from '../valid.js';
import { HTTP_WAYS } from '../ways.js';
import { byWays } from './inputs.js';
import type { InputClass } from './input-class.js';

/** Of a character a byte. */
const latin1 = (text: string): Bytes => ({ text, encoding: 'latin1' });
const bytesOfText = (text: string): string => Buffer.from(text).toString('latin1');

const withBytes = (event: ValidEvent, text: string): Candidate => ({ ...candidateOf(event), data: latin1(text) });

/** Sequences that are no UTF-8: lone bytes, overlong forms, half of a surrogate pair, beyond Unicode, cut off. */
const NO_UTF8 = [
  '\xff',
  '\xfe',
  '\x80',
  '\xbf',
  '\xe9',
  '\xc0\x80',
  '\xc1\xbf',
  '\xe0\x80\xaf',
  '\xed\xa0\x80',
  '\xed\xbf\xbf',
  '\xf4\x90\x80\x80',
  '\xf5\x80\x80\x80',
  '\xe2\x82',
  '\xf0\x9f\x98',
];
const INSIDE = 'zz-bytes-zz';

const invalid = fc.record({ spot: spotWhere(isText), bytes: fc.constantFrom(...NO_UTF8) }).map(({ spot, bytes }) =>
  withBytes(
    spot.event,
    bytesOfText(textWithValue(spot, `"a${INSIDE}b"`)).replace(INSIDE, () => bytes),
  ),
);

type Edit = (text: string) => string;
const at = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });
const byte = fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code));
const meaningful = fc.constantFrom(...'"\\{}[],:0123456789eE+-.tfnu/ \n\t');
const placeIn = (text: string, part: number): number => Math.floor(text.length * part);

const letter = fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz0123456789');
const edit: fc.Arbitrary<Edit> = fc.oneof(
  fc.tuple(at, fc.oneof(byte, meaningful, letter)).map(([part, one]): Edit => (text) => {
    const place = placeIn(text, part);
    return text.slice(0, place) + one + text.slice(place + 1);
  }),
  fc.tuple(at, fc.oneof(byte, meaningful, letter)).map(([part, one]): Edit => (text) => {
    const place = placeIn(text, part);
    return text.slice(0, place) + one + text.slice(place);
  }),
  fc.tuple(at, fc.nat(20)).map(([part, length]): Edit => (text) => {
    const place = placeIn(text, part);
    return text.slice(0, place) + text.slice(place + length);
  }),
  fc.tuple(at, at, fc.nat(200)).map(([from, to, length]): Edit => (text) => {
    const [start, place] = [placeIn(text, from), placeIn(text, to)];
    return text.slice(0, place) + text.slice(start, start + length) + text.slice(place);
  }),
);

const mutated = fc
  .record({
    event: validEvent,
    edits: fc.oneof(
      edit.map((one) => [one]),
      fc.array(edit, { minLength: 2, maxLength: 5 }),
    ),
  })
  .map(({ event, edits }) =>
    withBytes(
      event,
      edits.reduce((text, one) => one(text), bytesOfText(JSON.stringify(event.data))),
    ),
  );

const random = fc
  .record({ event: validEvent, bytes: fc.uint8Array({ minLength: 1, maxLength: 300 }) })
  .map(({ event, bytes }) => withBytes(event, Buffer.from(bytes).toString('latin1')));

const utf16 = validEvent.map((event) =>
  withBytes(event, Buffer.from(`\ufeff${JSON.stringify(event.data)}`, 'utf16le').toString('latin1')),
);

export const byteClasses: readonly InputClass[] = [
  {
    name: 'invalid UTF-8, lone surrogates raw',
    inputs: byWays(invalid, { expected: 'refused', rule: 'utf-8' }, HTTP_WAYS),
  },
  {
    name: 'byte order mark before the data',
    inputs: byWays(
      validEvent.map((event) => candidateOf(event, `\ufeff${JSON.stringify(event.data)}`)),
      { expected: 'taken' },
      ['open', 'verb', 'binary'],
    ),
  },
  {
    name: 'byte order mark in the midst',
    inputs: byWays(
      validEvent.map((event) => candidateOf(event, `\ufeff${JSON.stringify(event.data)}`)),
      { expected: 'refused', rule: 'json' },
      ['structured', 'json', 'produce', 'batch'],
    ),
  },
  { name: 'UTF-16', inputs: byWays(utf16, { expected: 'refused', rule: 'utf-8' }, HTTP_WAYS) },
  { name: 'random bytes', inputs: byWays(random, { expected: 'refused' }, HTTP_WAYS) },
  { name: 'bodies with bytes changed', weight: 6, inputs: byWays(mutated, { expected: 'either' }) },
];
