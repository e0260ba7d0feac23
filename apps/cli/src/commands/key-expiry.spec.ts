import { expect, it } from '@jest/globals';
import { expiryOf } from './key-expiry.js';

const NOW = new Date('2025-11-24T10:20:30.000Z');
const expiry = (text: string): string => expiryOf(text, undefined, NOW).toISOString();

it.each([
  ['30d', '2025-12-24T10:20:30.000Z'],
  ['12h', '2025-11-24T22:20:30.000Z'],
  ['2025-11-24', '2025-11-25T00:00:00.000Z'],
  ['2027-06-30', '2027-07-01T00:00:00.000Z'],
  ['2027-06-30T12:00Z', '2027-06-30T12:00:00.000Z'],
  ['2027-06-30T12:00:00+02:00', '2027-06-30T10:00:00.000Z'],
])('%s is until %s', (text, until) => {
  expect(expiry(text)).toBe(until);
});

it.each(['', '30', 'd', '30w', 'tomorrow', '2027-02-30', '2027-13-01', '2027-06-30T12:00', '2027', '9999999d', '1e3d'])(
  '%p is no such thing',
  (text) => {
    expect(() => expiry(text)).toThrow('Wanted');
  },
);

it.each(['0d', '2025-11-23', '2025-11-24T10:20:30Z'])('%s is past', (text) => {
  expect(() => expiry(text)).toThrow('past');
});
