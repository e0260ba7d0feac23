import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { makeKey, readKey } from './key-text.js';

it('reads back what it has made', () => {
  const { id, text, hash } = makeKey();
  expect(text).toMatch(/^litopys_[0-9a-f]{10}_[0-9a-f]{72}$/);
  expect(readKey(text)).toEqual({ id, hash });
});

it('makes another each time', () => {
  expect(new Set(Array.from({ length: 100 }, () => makeKey().text)).size).toBe(100);
});

it('tells every slip of one character', () => {
  const { text } = makeKey();
  fc.assert(
    fc.property(fc.nat(text.length - 1), fc.constantFrom(...'0123456789abcdefg_'), (at, slip) => {
      fc.pre(text[at] !== slip);
      expect(readKey(text.slice(0, at) + slip + text.slice(at + 1))).toBeNull();
      expect(readKey(text.slice(0, at) + text.slice(at + 1))).toBeNull();
    }),
  );
});

it.each(['', 'litopys_', 'litopys_0000000000_', 'Bearer x', `litopys_0123456789_${'0'.repeat(72)}`])(
  'takes %p for none',
  (text) => {
    expect(readKey(text)).toBeNull();
  },
);
