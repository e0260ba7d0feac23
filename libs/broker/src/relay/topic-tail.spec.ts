import { describe, expect, it } from '@jest/globals';
import type { ArrivedEvent } from '../message.js';
import { findDivergence } from './topic-tail.js';

const hashAt = (position: number): string => position.toString(16).padStart(64, '0');
const record = (position: number, journalId = 'ours', chainHash = hashAt(position)): ArrivedEvent =>
  ({ kind: 'event', row: { position, chainHash }, journalId }) as ArrivedEvent;
const journal = new Map([1, 2, 3, 4, 5].map((position) => [position, hashAt(position)]));
const find = (tail: ArrivedEvent[]) =>
  findDivergence('t', tail, journal, (position) => (position < 100 ? 'ours' : 'branch'));

describe('the end of the topic', () => {
  it('may stand anywhere in the journal, repeats too', () => {
    expect(find([record(3), record(5), record(2)])).toBeNull();
    expect(find([])).toBeNull();
  });

  it('that is ahead of the journal stops the relay by name', () => {
    expect(find([record(5), record(6)])).toMatchObject({
      code: 'topic-ahead-of-journal',
      mend: expect.stringMatching(/restore the newer copy.*a new KAFKA_TOPIC/i),
    });
  });

  it('that tells another event at a position stops the relay by name', () => {
    expect(find([record(4, 'ours', hashAt(9))])).toMatchObject({
      code: 'topic-knows-another-event',
      message: expect.stringMatching(/position 4/),
    });
  });

  it('that is of another journal stops the relay by name', () => {
    expect(find([record(4, 'theirs')])).toMatchObject({ code: 'topic-of-another-journal' });
  });
});
