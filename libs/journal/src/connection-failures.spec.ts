import { describe, expect, it } from '@jest/globals';
import { isConnectionFailure } from './connection-failures.js';

const withCode = (code: string): Error => Object.assign(new Error('x'), { code });

describe('isConnectionFailure', () => {
  it.each([
    '08006',
    '57P01',
    '57P03',
    '53300',
    '40001',
    '40P01',
    '25006',
    '57014',
    'ECONNREFUSED',
    'ECONNRESET',
    'CERT_HAS_EXPIRED',
  ])('is so for %s', (code) => {
    expect(isConnectionFailure(withCode(code))).toBe(true);
  });

  it.each(['23505', '22008', '42501', 'ENOENT'])('is not so for %s', (code) => {
    expect(isConnectionFailure(withCode(code))).toBe(false);
  });

  it('knows what the driver says without a code', () => {
    expect(isConnectionFailure(new Error('Connection terminated unexpectedly'))).toBe(true);
    expect(isConnectionFailure(new Error('bind message supplies 3 parameters'))).toBe(false);
  });

  it('looks into what a refused connection to several addresses gives', () => {
    expect(isConnectionFailure(new AggregateError([withCode('ECONNREFUSED'), withCode('ECONNREFUSED')]))).toBe(true);
  });
});
