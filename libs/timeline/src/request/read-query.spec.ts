import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { type ValidationError } from '#libs/platform';
import { entryFilters, paging, pins } from './parameters.js';
import { readQuery } from './read-query.js';

const schema = z.object({ ...entryFilters, ...paging, ...pins });

const mistakes = (raw: Record<string, unknown>): unknown[] => {
  try {
    readQuery(schema, raw);
    return [];
  } catch (error) {
    return (error as ValidationError).errors.map(({ field, rule }) => [field, rule]);
  }
};

const firstMistake = (raw: Record<string, unknown>) => {
  try {
    readQuery(schema, raw);
    return undefined;
  } catch (error) {
    return (error as ValidationError).errors[0];
  }
};

describe('the parameters of a request', () => {
  it('are read as what they mean', () => {
    const read = readQuery(schema, {
      occurred_from: '2025-08',
      occurred_to: '2025',
      kind: 'pledge,statement',
      limit: '7',
      as_recorded_at: '42',
      as_known_at: '2025-08-24',
    });
    expect(read).toEqual({
      occurred_from: '2025-08-01',
      occurred_to: '2025-12-31',
      kind: ['pledge', 'statement'],
      limit: 7,
      as_recorded_at: 42,
      as_known_at: '2025-08-24',
    });
    expect(readQuery(schema, { as_recorded_at: '2025-08-24T12:00:00Z' }).as_recorded_at).toBe('2025-08-24T12:00:00Z');
  });

  it('that are not known are refused by name, with the known ones', () => {
    expect(firstMistake({ occured_from: '2025' })).toMatchObject({
      field: 'occured_from',
      rule: 'unknown-parameter',
      mend: expect.stringContaining('occurred_from, occurred_to, kind'),
    });
  });

  it('have known values, which a refusal lists', () => {
    expect(firstMistake({ kind: 'pledge,plege' })).toEqual({
      field: 'kind',
      rule: 'known-value',
      detail:
        '"plege" is not known; known values: pledge, transfer, agreement, statement, engagement, incident, measure',
      mend: expect.any(String),
    });
  });

  it.each([
    ['limit', '0', 'limit'],
    ['limit', '201', 'limit'],
    ['limit', 'ten', 'limit'],
    ['as_known_at', '2025-02-30', 'day'],
    ['as_known_at', '2025-02', 'day'],
    ['as_recorded_at', '2025-08-24', 'position-or-time'],
    ['as_recorded_at', '-1', 'position-or-time'],
    ['min_position', '1.5', 'position'],
    ['occurred_from', '24 August', 'day'],
    ['occurred_to', '2025-13', 'day'],
    ['party', 'Canada', 'party'],
    ['q', ' ', 'words'],
    ['q', 'a\0b', 'words'],
    ['as_recorded_at', '0000-01-01T00:00:00Z', 'position-or-time'],
    ['as_known_at', '0000-01-01', 'day'],
    ['occurred_from', '0000', 'day'],
    ['occurred_to', '2025-02-29', 'day'],
  ])('%s=%s breaks the rule %s', (field, value, rule) => {
    expect(mistakes({ [field]: value })).toEqual([[field, rule]]);
  });

  it('are all told at once', () => {
    expect(mistakes({ foo: '1', limit: '0', kind: ['pledge', 'statement'], party: 'x' })).toEqual([
      ['foo', 'unknown-parameter'],
      ['kind', 'given-once'],
      ['party', 'party'],
      ['limit', 'limit'],
    ]);
  });
});
