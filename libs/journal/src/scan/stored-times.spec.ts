import { expect, it } from '@jest/globals';
import { isoDay, isoInstant } from './stored-times.js';

it.each([
  [0n, '2000-01-01T00:00:00.000Z'],
  [817_300_800_123_000n, '2025-11-24T12:00:00.123Z'],
  [-63_082_281_600_000_000n, '0001-01-01T00:00:00.000Z'],
  [252_455_615_999_999_000n, '9999-12-31T23:59:59.999Z'],
])('the instant %i is %s', (stored, iso) => {
  expect(isoInstant(stored)).toBe(iso);
});

it.each([
  ['infinity', 9_223_372_036_854_775_807n],
  ['-infinity', -9_223_372_036_854_775_808n],
  ['a year before 1', -63_082_281_600_001_000n],
  ['the year 10000', 252_455_616_000_000_000n],
  ['a part of a millisecond', 1n],
])('%s is like no instant that an event has', (_what, stored) => {
  expect(isoInstant(stored)).not.toMatch(/^\d{4}-/);
});

it('days are told alike', () => {
  expect([isoDay(0), isoDay(9367), isoDay(-730_119), isoDay(2_921_939)]).toEqual([
    '2000-01-01',
    '2025-08-24',
    '0001-01-01',
    '9999-12-31',
  ]);
  for (const stored of [-730_120, 2_921_940, 2_147_483_647, -2_147_483_648])
    expect(isoDay(stored)).not.toMatch(/^\d{4}-/);
});
