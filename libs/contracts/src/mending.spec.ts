import { describe, expect, it } from '@jest/globals';
import { daysOfEffect, mend, tellAt, versionsTouched, type ToldEvent } from './mending.js';
import type { Json } from './pointer.js';
import { eventType, type EventTypeName } from './registry.js';
import { isRecordEvent, upcastEvent, type StreamEvent } from './stream-event.js';

/** A short stream of a statement: known day, type, data. */
const stream = (...events: [string, EventTypeName, Record<string, Json>][]): StreamEvent[] =>
  events.map(([knownSince, type, data], index) => ({
    stream: 'statement/a-speech',
    version: index + 1,
    position: index + 1,
    recordedAt: '2025-03-01T00:00:00.000Z',
    knownSince,
    type: eventType(type),
    data,
  })) as unknown as StreamEvent[];

const said = (title: string): Record<string, Json> => ({ title, occurred: '2025-01-01', form: 'speech' });

const correct = (
  from: string | null,
  to: string,
  because = 'better-source',
  path = '/title',
): Record<string, Json> => ({
  about: 'statement/a-speech@1',
  because,
  changes: [{ path, ...(from !== null && { from }), to }],
});

const at = (events: StreamEvent[], day: string): ToldEvent | undefined =>
  mend(events).map((one) => tellAt(one, day))[0];
const titleAt = (events: StreamEvent[], day: string): string | undefined => at(events, day)?.data.title;

describe('mend', () => {
  it('tells nothing before the event is known, and a correction from its own known day', () => {
    const events = stream(
      ['2025-01-02', 'statement.issued', said('a')],
      ['2025-01-05', 'record.corrected', correct('a', 'b')],
    );
    expect(['2025-01-01', '2025-01-02', '2025-01-04', '2025-01-05'].map((day) => titleAt(events, day))).toEqual([
      undefined,
      'a',
      'a',
      'b',
    ]);
    expect(daysOfEffect(mend(events)[0]!)).toEqual(['2025-01-02', '2025-01-05']);
  });

  it('lets a recording error hold from the day of what it mends, under what later sources said', () => {
    const events = stream(
      ['2025-01-02', 'statement.issued', said('tpyo')],
      ['2025-01-05', 'record.corrected', correct('tpyo', 'said otherwise')],
      ['2025-01-09', 'record.corrected', correct('tpyo', 'typo', 'recording-error')],
    );
    expect([titleAt(events, '2025-01-02'), titleAt(events, '2025-01-05')]).toEqual(['typo', 'said otherwise']);
  });

  it('dates the mending of a correction by that correction', () => {
    const events = stream(
      ['2025-01-02', 'statement.issued', said('a')],
      ['2025-01-05', 'record.corrected', correct('a', 'bb')],
      ['2025-01-09', 'record.corrected', correct('bb', 'b', 'recording-error')],
    );
    expect(['2025-01-04', '2025-01-05'].map((day) => titleAt(events, day))).toEqual(['a', 'b']);
  });

  it('takes records that were known before their event on the day of the event, in version order', () => {
    const events = stream(
      ['2025-01-06', 'statement.issued', said('a')],
      ['2025-01-06', 'record.corrected', correct('a', 'b')],
      ['2025-01-01', 'record.corrected', correct('b', 'c')],
    );
    expect(titleAt(events, '2025-01-06')).toBe('c');
    expect(at(events, '2025-01-06')?.findings).toEqual([]);
  });

  it('sets what a stale correction says, with a finding', () => {
    const events = stream(
      ['2025-01-02', 'statement.issued', said('a')],
      ['2025-01-05', 'record.corrected', correct('z', 'b')],
    );
    expect(titleAt(events, '2025-01-05')).toBe('b');
    expect(at(events, '2025-01-05')?.findings).toEqual([{ rule: 'stale-from', version: 2, path: '/title' }]);
  });

  it('skips a path that is gone, with a finding', () => {
    const events = stream(
      ['2025-01-02', 'statement.issued', said('a')],
      ['2025-01-05', 'record.corrected', correct('x', 'y', 'better-source', '/lines/one/label')],
    );
    expect(at(events, '2025-01-05')?.findings).toEqual([{ rule: 'path-gone', version: 2, path: '/lines/one/label' }]);
    expect(at(events, '2025-01-05')?.data).toEqual(said('a'));
  });

  it('holds a mended /known_since at every known day, and moves the records with it', () => {
    const events = stream(
      ['2025-01-02', 'statement.issued', said('a')],
      ['2025-01-03', 'record.corrected', correct('a', 'b')],
      ['2025-01-09', 'record.corrected', correct('2025-01-02', '2025-01-07', 'recording-error', '/known_since')],
    );
    expect(['2025-01-02', '2025-01-06', '2025-01-07'].map((day) => titleAt(events, day))).toEqual([
      undefined,
      undefined,
      'b',
    ]);
  });

  it('hides a retracted event until it is reinstated; a stream retracted whole stays apart from its events', () => {
    const about = 'statement/a-speech@1';
    const events = stream(
      ['2025-01-02', 'statement.issued', said('a')],
      ['2025-01-03', 'statement.issued', said('b')],
      ['2025-01-04', 'record.retracted', { about, because: 'clarified' }],
      ['2025-01-05', 'record.retracted', { about: 'statement/a-speech@2', because: 'clarified', scope: 'stream' }],
      ['2025-01-06', 'record.reinstated', { about: 'statement/a-speech@2', because: 'clarified' }],
    );
    const retracted = (day: string): (boolean | undefined)[] => mend(events).map((one) => tellAt(one, day)?.retracted);
    expect(['2025-01-03', '2025-01-04', '2025-01-05', '2025-01-06'].map(retracted)).toEqual([
      [false, false],
      [true, false],
      [true, true],
      [true, false],
    ]);
    const touched = events
      .filter(isRecordEvent)
      .map((record) => versionsTouched(events.slice(0, record.version), record));
    expect(touched).toEqual([[1], [1, 2], [1, 2]]);
  });

  it('leaves an event alone that came after the retraction of its stream', () => {
    const about = 'statement/a-speech@1';
    const events = stream(
      ['2025-01-02', 'statement.issued', said('a')],
      ['2025-01-03', 'record.retracted', { about, because: 'clarified', scope: 'stream' }],
      ['2025-01-04', 'statement.issued', said('b')],
      ['2025-01-05', 'record.reinstated', { about, because: 'clarified' }],
    );
    expect(mend(events).map((one) => tellAt(one, '2025-01-05')?.records)).toEqual([[2, 4], []]);
  });

  it('takes a reinstatement because of a recording error on the day of the retraction it undoes', () => {
    const about = 'statement/a-speech@1';
    const events = stream(
      ['2025-01-02', 'statement.issued', said('a')],
      ['2025-01-04', 'record.retracted', { about, because: 'clarified' }],
      ['2025-01-09', 'record.reinstated', { about, because: 'recording-error' }],
    );
    expect(['2025-01-03', '2025-01-04', '2025-01-09'].map((day) => at(events, day)?.retracted)).toEqual([
      false,
      false,
      false,
    ]);
  });
});

describe('what is laid beside an event', () => {
  const about = 'statement/a-speech@1';
  const paper = { publisher: 'A paper', title: 'A report', language: 'en', standing: 'press' };
  const quote = { speaker: 'person:one', text: 'no', language: 'en' };
  const ref = { relation: 'responds-to', target: 'incident/two' };
  const events = stream(
    ['2025-01-02', 'statement.issued', { ...said('a'), citations: [paper], quotes: [quote] }],
    ['2025-01-05', 'record.corroborated', { about, citations: [{ ...paper, title: 'Another' }], quotes: [quote] }],
    ['2025-01-01', 'record.related', { about, citations: [paper], refs: [ref] }],
    ['2025-01-07', 'record.disputed', { about, citations: [{ ...paper, says: { '/title': 'b' } }] }],
    ['2025-01-09', 'record.settled', { about, citations: [paper], dispute: `${about.slice(0, -2)}@4`, holds: 'entry' }],
  );

  it('adds citations, what they tell, and relations, each from its own known day and never before the event', () => {
    expect(at(events, '2025-01-01')).toBeUndefined();
    expect(at(events, '2025-01-02')?.data).toMatchObject({ refs: [ref], citations: [paper], quotes: [quote] });
    const later = at(events, '2025-01-05');
    expect(later?.data.citations.map((one) => one.title)).toEqual(['A report', 'Another']);
    expect(later?.data).toMatchObject({ quotes: [quote, quote], refs: [ref] });
    expect(later?.records).toEqual([3, 2]);
  });

  it('tells a dispute, and its end, and changes no value', () => {
    expect(at(events, '2025-01-06')?.disputes).toEqual([]);
    expect(at(events, '2025-01-08')?.disputes.map((one) => one.version)).toEqual([4]);
    expect(at(events, '2025-01-09')?.disputes.map((one) => one.type)).toEqual([
      'litopys.record.disputed.v1',
      'litopys.record.settled.v1',
    ]);
    expect(titleAt(events, '2025-01-09')).toBe('a');
  });

  it('is no part of what a correction edits', () => {
    expect(at(events, '2025-01-09')?.stored).toEqual(events[0]?.data);
  });
});

describe('an event that is stored in a former version', () => {
  const stored = { by: 'adoption', instrument: 'treaty', citations: [{ says: { '/by': 'signature' } }] };
  const signed = {
    ...stream(['2025-01-02', 'agreement.signed', {}])[0],
    ...upcastEvent('litopys.agreement.signed.v1', stored),
  };
  const change = (from: string, to: string) => correct(from, to, 'better-source', '/by');
  const events = [
    signed,
    ...stream(
      ['2025-01-02', 'agreement.signed', {}],
      ['2025-01-05', 'record.corrected', change('adoption', 'signature')],
    ).slice(1),
  ] as StreamEvent[];

  it('is told in the newest, pointers of readings too', () => {
    expect(at(events, '2025-01-02')?.data).toEqual({
      instrument: 'treaty',
      manner: 'adoption',
      citations: [{ says: { '/manner': 'signature' } }],
    });
  });

  it('is corrected where it is stored, before it is upcast', () => {
    const told = at(events, '2025-01-05');
    expect([told?.data, told?.stored, told?.findings]).toMatchObject([
      { manner: 'signature' },
      { by: 'signature' },
      [],
    ]);
  });
});
