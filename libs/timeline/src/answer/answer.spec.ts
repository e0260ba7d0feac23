import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { canonicalJson } from '#libs/contracts';
import { isHeld } from './answer.interceptor.js';
import { makeAnswer, Written, type Answer, type Asked } from './answer.js';

interface Told {
  place: Record<string, unknown>;
  cite: { url: string; sha256: string };
}

const place = { position: 42, knownAt: null, final: false };
const asked = (given: Record<string, string>, pins: Asked['pins'] = {}): Asked => ({
  publicUrl: 'http://127.0.0.1:3000',
  path: '/v1/entries',
  given,
  pins,
});
const told = (answer: Answer): Told => JSON.parse(answer.text) as Told;

/** As a reader checks it. */
function checksum(answer: Answer): string {
  const { cite: _cite, ...rest } = told(answer);
  return createHash('sha256').update(canonicalJson(rest)).digest('hex');
}

describe('an answer', () => {
  const body = { entries: [{ title: 'Зеленський', b: 1, a: [] }], next_cursor: null };
  const unpinned = makeAnswer(asked({ kind: 'pledge', min_position: '40' }, { min_position: 40 }), place, body);
  const pinned = makeAnswer(
    asked({ kind: 'pledge', as_recorded_at: '42' }, { as_recorded_at: 42 }),
    { ...place, final: true },
    body,
  );

  it('cites itself with its place pinned, by the checksum of what that URL answers', () => {
    expect(told(unpinned).cite.url).toBe('http://127.0.0.1:3000/v1/entries?kind=pledge&as_recorded_at=42');
    expect(told(unpinned).cite).toEqual(told(pinned).cite);
    expect(told(unpinned).cite.sha256).toBe(checksum(pinned));
  });

  it('differs from its pinned form in nothing but the echoed pins and final', () => {
    const { place: at, ...rest } = told(unpinned);
    const { place: atPinned, ...restPinned } = told(pinned);
    expect(rest).toEqual(restPinned);
    expect(at).toEqual({ position: 42, as_known_at: null, as_recorded_at: null, final: false });
    expect(atPinned).toEqual({ position: 42, as_known_at: null, as_recorded_at: 42, final: true });
  });

  it('keeps the known day in its citation', () => {
    const known = makeAnswer(asked({ as_known_at: '2025-08-23' }), { ...place, knownAt: '2025-08-23' }, body);
    expect(told(known).cite.url).toBe('http://127.0.0.1:3000/v1/entries?as_known_at=2025-08-23&as_recorded_at=42');
  });

  it('sends what is written already byte for byte', () => {
    const events = new Written('[{"data":{"a":1.0}}]');
    expect(makeAnswer(asked({}), place, { events }).text).toContain('"events":[{"data":{"a":1.0}}]');
  });

  it('has a validator that changes with its text', () => {
    expect(unpinned.etag).not.toBe(pinned.etag);
    expect(unpinned.etag).toMatch(/^"[0-9a-f]{32}"$/);
  });

  it('is not sent again to who holds it', () => {
    const { etag } = pinned;
    expect([isHeld(etag, etag), isHeld(`"x", W/${etag}`, etag), isHeld('*', etag)]).toEqual([true, true, true]);
    expect([isHeld('"x"', etag), isHeld(undefined, etag)]).toEqual([false, false]);
  });
});
