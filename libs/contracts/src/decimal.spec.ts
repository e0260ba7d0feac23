import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { AMOUNT, fromMills, toMills } from './decimal.js';

const mills = fc.bigInt({ min: 0n, max: 999_999_999_999_999_999n });

describe('mills', () => {
  it('come back from their text as they were', () => {
    fc.assert(fc.property(mills, (sum) => toMills(fromMills(sum)) === sum));
  });

  it('are written as an amount that the schema admits', () => {
    fc.assert(fc.property(mills, (sum) => AMOUNT.test(fromMills(sum))));
  });

  it('add up without rounding, where floating point does not', () => {
    expect(fromMills(toMills('0.1') + toMills('0.2'))).toBe('0.3');
    expect(fromMills(toMills('999999999999999.999') + toMills('0.001'))).toBe('1000000000000000');
  });

  it.each([
    ['680000000', 680_000_000_000n],
    ['0', 0n],
    ['3.5', 3_500n],
    ['0.001', 1n],
    ['12.340', 12_340n],
  ])('read %s', (text, sum) => {
    expect(toMills(text)).toBe(sum);
  });

  it.each([
    [-265_000_000_000n, '-265000000'],
    [-1n, '-0.001'],
    [0n, '0'],
    [12_340n, '12.34'],
  ])('write %s as %s', (sum, text) => {
    expect(fromMills(sum)).toBe(text);
  });

  it.each(['', '-1', '+1', '01', '1.', '.5', '1.2345', '1e9', '1,000', ' 1', '1\n', '1000000000000000', 'NaN'])(
    'refuse %j',
    (text) => {
      expect(() => toMills(text)).toThrow(RangeError);
    },
  );
});
