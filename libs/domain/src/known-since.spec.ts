import { describe, expect, it } from '@jest/globals';
import { deriveKnownSince } from './known-since.js';
import { announced, restated } from '../../../test/support/domain/commands.js';
import { accepted, given, refused } from '../../../test/support/domain/given.js';

const RECORDED = '2025-11-24';
const published = (...dates: (string | undefined)[]) => ({ citations: dates.map((date) => ({ published: date })) });

describe('deriveKnownSince', () => {
  it.each([
    [
      'as given',
      { known_since: '2025-06-17', known_basis: 'presumed' as const, ...published('2025-06-16') },
      '2025-06-17',
      'presumed',
    ],
    ['as given, stated where no basis is', { known_since: '2025-06-17', ...published() }, '2025-06-17', 'stated'],
    [
      'the earliest publication',
      { ...published('2025-08-25', undefined, '2025-08-24'), occurred: '2025-06-17' },
      '2025-08-24',
      'source',
    ],
    ['a vague publication as its latest day', published('2025-08', '2025-09-02'), '2025-08-31', 'source'],
    [
      'a publication without an end not at all',
      { ...published('2025-08-24/..'), occurred: '2025-06' },
      '2025-06-30',
      'presumed',
    ],
    [
      'the latest day of occurred when that is past',
      { ...published(), occurred: '2025-06/2025-08' },
      '2025-08-31',
      'presumed',
    ],
    ['the recorded day while occurred is not over', { ...published(), occurred: '2025' }, RECORDED, 'recorded'],
    ['the recorded day where occurred is open', { ...published(), occurred: '2025-06-17/..' }, RECORDED, 'recorded'],
    ['the recorded day for a record without a dated source', published(undefined), RECORDED, 'recorded'],
    ['at most the day after recording', published('2026-08-24'), '2025-11-25', 'source'],
  ])('%s', (_, data, knownSince, knownBasis) => {
    expect(deriveKnownSince(data, RECORDED)).toEqual({ knownSince, knownBasis });
  });
});

describe('a basis without a date', () => {
  it('is refused: it would be lost', () => {
    given()
      .when(announced({ known_since: undefined, known_basis: 'source' }))
      .then(refused('known-since-basis', '/known_basis'));
  });
});

describe('a known date that is given', () => {
  it('may be the day after recording: it is a day further east', () => {
    given()
      .when(announced({ known_since: '2025-11-25' }))
      .then(accepted({ knownSince: '2025-11-25' }));
  });

  it('is refused when it is later', () => {
    given()
      .when(announced({ known_since: '2025-11-26' }))
      .then(refused('known-since-after-record', '/known_since'));
    given(announced())
      .when(restated({ known_since: '2026-01-01' }))
      .then(refused('known-since-after-record'));
  });
});
