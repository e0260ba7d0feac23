import { describe, expect, it } from '@jest/globals';
import type { JournalRow } from './row.js';
import { toStreamEvent, UnknownTypeError } from './stream-event.js';

const row = {
  position: 7,
  stream: 'pledge/x',
  version: 2,
  type: 'litopys.pledge.restated.v1',
  knownSince: '2025-08-24',
  recordedAt: '2025-08-25T09:00:00.007Z',
  data: '{"title":"Київ"}',
} as JournalRow;

describe('toStreamEvent', () => {
  it('gives what the pure functions read, and nothing of the journal’s own', () => {
    expect(toStreamEvent(row)).toEqual({
      position: 7,
      stream: 'pledge/x',
      version: 2,
      type: 'litopys.pledge.restated.v1',
      knownSince: '2025-08-24',
      recordedAt: '2025-08-25T09:00:00.007Z',
      data: { title: 'Київ' },
    });
  });

  it.each(['litopys.pledge.forgotten.v1', 'litopys.pledge.restated.v2'])(
    'names an event of the unknown type %s',
    (type) => {
      expect(() => toStreamEvent({ ...row, type })).toThrow(UnknownTypeError);
      expect(() => toStreamEvent({ ...row, type })).toThrow(`pledge/x@2 at position 7 is of type ${type}`);
    },
  );
});
