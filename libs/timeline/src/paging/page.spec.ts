import { describe, expect, it } from '@jest/globals';
import { placeRequest } from './page.js';

const cursor = { position: 12, knownAt: null, after: ['x'] };

describe('the place of a page', () => {
  it('is that of the pins on the first page, and the cursor’s on the others', () => {
    expect(placeRequest({ as_known_at: '2025-08-24', min_position: 3 }, undefined)).toEqual({
      asKnownAt: '2025-08-24',
      asRecordedAt: undefined,
      minPosition: 3,
    });
    expect(placeRequest({}, cursor)).toEqual({ asKnownAt: undefined, asRecordedAt: 12 });
    expect(placeRequest({ as_recorded_at: '2025-09-01T00:00:00Z' }, cursor).asRecordedAt).toBe(12);
  });

  it('refuses pins that name another place than the cursor', () => {
    expect(() => placeRequest({ as_recorded_at: 13 }, cursor)).toThrow('position 12');
    expect(() => placeRequest({ min_position: 13 }, cursor)).toThrow('position 12');
    expect(() => placeRequest({ as_recorded_at: 12, min_position: 12 }, cursor)).not.toThrow();
  });
});
