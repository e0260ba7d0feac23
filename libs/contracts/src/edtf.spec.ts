import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { edtfBounds, isEdtf, nextDay, type Day } from './edtf.js';

const DAY_MS = 86_400_000;
const isoDay = (ms: number): Day => new Date(ms).toISOString().slice(0, 10);
const anyDay = fc.integer({ min: Date.parse('0100-01-01'), max: Date.parse('9999-12-30') }).map(isoDay);
const mark = fc.constantFrom('', '?', '~', '%');

/** Every way to tell a day more vaguely. */
const vaguer = (day: Day): string[] => {
  const [year = '', month = ''] = day.split('-');
  return [day, `${year}-${month}`, year, `${year}-XX`, `${year}-XX-XX`, `${year}-${month}-XX`].concat(
    `${year.slice(0, 3)}X`,
    `${year.slice(0, 2)}XX`,
  );
};

const holds = (text: string, day: Day): boolean => {
  const { from, to } = edtfBounds(text);
  return (from === null || from <= day) && (to === null || day <= to);
};

describe('edtfBounds', () => {
  it('contains the day that is told, however vaguely', () => {
    fc.assert(fc.property(anyDay, (day) => vaguer(day).every((text) => holds(text, day))));
  });

  it('contains the day whatever mark of doubt stands behind it', () => {
    fc.assert(
      fc.property(anyDay, mark, (day, sign) =>
        [day, day.slice(0, 7), day.slice(0, 4)].every((text) => holds(text + sign, day)),
      ),
    );
  });

  it('contains both days of an interval, and every day from there on where the end is open', () => {
    const ordered = fc.tuple(anyDay, anyDay).map((days) => days.toSorted());
    fc.assert(
      fc.property(ordered, ([first = '', last = '']) => {
        for (const text of [
          `${first}/${last}`,
          `${first.slice(0, 7)}/${last}`,
          `${first.slice(0, 4)}/${last.slice(0, 7)}`,
        ])
          expect([text, holds(text, first), holds(text, last)]).toEqual([text, true, true]);
        expect(holds(`${first}/..`, last) && holds(`${first}/`, last)).toBe(true);
        expect(holds(`../${last}`, first) && holds(`/${last}`, first)).toBe(true);
      }),
    );
  });

  it('folds by a day within the bounds', () => {
    fc.assert(
      fc.property(anyDay, anyDay, (a, b) => {
        const [first = '', last = ''] = [a, b].toSorted();
        for (const text of [...vaguer(a), `${first}/${last}`, `../${last}`, `${first}/..`])
          expect([text, holds(text, edtfBounds(text).foldDay)]).toEqual([text, true]);
      }),
    );
  });

  it.each([
    ['2025-21', '2025-03-01', '2025-05-31'],
    ['2025-22', '2025-06-01', '2025-08-31'],
    ['2025-23~', '2025-09-01', '2025-11-30'],
    ['2023-24', '2023-12-01', '2024-02-29'],
    ['2025-24', '2025-12-01', '2026-02-28'],
    ['0050-21', '0050-03-01', '0050-05-31'],
  ])('reads season %s as %s to %s: northern, winter from December of the year named', (text, from, to) => {
    expect(edtfBounds(text)).toEqual({ from, to, foldDay: to });
  });

  it.each([
    ['2025-08-24', '2025-08-24'],
    ['2025-08', '2025-08-31'],
    ['2025', '2025-12-31'],
    ['2025-06/2025-08', '2025-06-30'],
    ['2025/..', '2025-12-31'],
    ['../2025-08-24', '2025-08-24'],
    ['/2025', '2025-12-31'],
  ])('folds %s by %s: the latest day of its start, of its end where the start is open', (text, foldDay) => {
    expect(edtfBounds(text).foldDay).toBe(foldDay);
  });

  it('takes an interval whose vague end could lie before its start', () => {
    expect(edtfBounds('2025-06-15/2025-06')).toEqual({ from: '2025-06-15', to: '2025-06-30', foldDay: '2025-06-15' });
  });

  it('answers null for an open end', () => {
    expect(edtfBounds('2025-06/..')).toMatchObject({ from: '2025-06-01', to: null });
    expect(edtfBounds('../2025-06')).toMatchObject({ from: null, to: '2025-06-30' });
  });

  it.each([
    '',
    '..',
    '../..',
    '/',
    '2025-02-29',
    '2025-13',
    '2025-00',
    '2025-08-32',
    '2025-25',
    '2025-XX-15',
    '202X-08',
    '202X~',
    '2025?-06',
    '2025-08/2025-06',
    '2025/2026/2027',
    '2025-08-24T10:00:00Z',
    ' 2025',
    '25-08-24',
    'Y17E7',
    '-0500',
    '0000-01-01',
    '0000',
    '00XX',
    '9999-24',
    'August 2025',
  ])('refuses %p', (text) => {
    expect(isEdtf(text)).toBe(false);
    expect(() => edtfBounds(text)).toThrow(RangeError);
  });
});

describe('nextDay', () => {
  it('is the day after', () => {
    fc.assert(fc.property(anyDay, (day) => nextDay(day) === isoDay(Date.parse(day) + DAY_MS)));
  });

  it('refuses to leave the calendar of four-digit years', () => {
    expect(() => nextDay('9999-12-31')).toThrow(RangeError);
  });
});
