import { describe, expect, it } from '@jest/globals';
import { queryHash, readCursor, writeCursor } from './cursor.js';

const scope = { query: queryHash('/v1/entries', { kind: 'pledge' }), viewVersion: 1 };
const cursor = { position: 12, knownAt: '2025-08-24', after: ['2025-06-17', 7] };
const text = writeCursor(scope, cursor);

const ruleOf = (read: () => unknown): unknown => {
  try {
    return read();
  } catch (error) {
    return (error as { rule?: string }).rule;
  }
};

describe('a cursor', () => {
  it('goes on where the page before ended, at its place', () => {
    expect(readCursor(scope, text)).toEqual(cursor);
  });

  it('is good for any size of page and however its place was pinned, but for no other filter or path', () => {
    const same = { kind: 'pledge', limit: '5', cursor: text, as_recorded_at: '12', min_position: '3' };
    expect(queryHash('/v1/entries', same)).toBe(scope.query);
    expect(queryHash('/v1/entries', { kind: 'statement' })).not.toBe(scope.query);
    expect(queryHash('/v1/entries', { kind: 'pledge', as_known_at: '2025-08-24' })).not.toBe(scope.query);
    expect(queryHash('/v1/pledges', { kind: 'pledge' })).not.toBe(scope.query);
  });

  it('is refused by rule: of another query, another version, altered, or none of ours', () => {
    const altered = Buffer.from(Buffer.from(text, 'base64url').toString().replace('"position":12', '"position":13'));
    expect(ruleOf(() => readCursor({ ...scope, query: 'other' }, text))).toBe('cursor-query');
    expect(ruleOf(() => readCursor({ ...scope, viewVersion: 2 }, text))).toBe('cursor-version');
    expect(ruleOf(() => readCursor(scope, altered.toString('base64url')))).toBe('cursor');
    expect(ruleOf(() => readCursor(scope, 'abc'))).toBe('cursor');
    expect(ruleOf(() => readCursor(scope, Buffer.from('{"position":1}').toString('base64url')))).toBe('cursor');
  });
});
