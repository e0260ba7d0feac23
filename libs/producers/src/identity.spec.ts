import { describe, expect, it } from '@jest/globals';
import { eventId, uuidV5 } from './identity.js';

describe('uuidV5', () => {
  it('is the one of RFC 9562, appendix A.4', () => {
    expect(uuidV5('6ba7b810-9dad-11d1-80b4-00c04fd430c8', 'www.example.com')).toBe(
      '2ed6657d-e927-568b-95e1-2665a8aea6a2',
    );
  });
});

describe('eventId', () => {
  const key = '0190a5d2-7a5c-7c3e-8b1f-2f1f0c9d4e11';

  it('is the key itself where it is a UUID, in one spelling', () => {
    expect(eventId('urn:a', key)).toBe(key);
    expect(eventId('urn:a', key.toUpperCase())).toBe(key);
  });

  it('is made of owner and key, and of nothing else', () => {
    expect(eventId('urn:a', 'order 7')).toBe(eventId('urn:a', 'order 7'));
    expect(eventId('urn:a', 'order 7')).not.toBe(eventId('urn:b', 'order 7'));
    expect(eventId('urn:a', 'order 7')).not.toBe(eventId('urn:a', 'order 8'));
    expect(eventId('urn:a', 'order 7')).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
  });

  it('is new each time without a key', () => {
    expect(eventId('urn:a', undefined)).not.toBe(eventId('urn:a', undefined));
  });
});
