import { describe, expect, it } from '@jest/globals';
import { announced, corrected } from '../../../../test/support/domain/commands.js';
import { decide } from '../decide.js';
import { accepted, given, refused } from '../../../../test/support/domain/given.js';

const knownSince = (from: string | undefined, to: string) =>
  corrected([{ path: '/known_since', from, to }], { because: 'recording-error' });

describe('a change of /known_since', () => {
  it('mends a recording error', () => {
    given(announced()).when(knownSince('2025-06-17', '2025-06-16')).then(accepted());
  });

  it('is refused for any other reason', () => {
    // The schema refuses it too; the decider holds for whoever comes another way.
    const { data, ...command } = knownSince('2025-06-17', '2025-06-16');
    const history = decide([], announced());
    if (!history.accepted) throw new Error('not announced');
    const decision = decide([history.event], { ...command, data: { ...data, because: 'clarified' } } as never);
    expect(decision).toMatchObject({ refusals: [{ rule: 'known-since-basis', field: '/because' }] });
  });

  it('starts from the date that stands, as mended', () => {
    given(announced()).when(knownSince('2025-06-15', '2025-06-16')).then(refused('stale-from', '/changes/0/from'));
    given(announced()).when(knownSince(undefined, '2025-06-16')).then(refused('stale-from', '/changes/0/from'));
    given(announced(), knownSince('2025-06-17', '2025-06-16'))
      .when(knownSince('2025-06-17', '2025-06-15'))
      .then(refused('stale-from', '/changes/0/from'));
    given(announced(), knownSince('2025-06-17', '2025-06-16'))
      .when(knownSince('2025-06-16', '2025-06-15'))
      .then(accepted());
  });

  it('may leave from out where the date was derived', () => {
    given(announced({ known_since: undefined }))
      .when(knownSince(undefined, '2025-06-16'))
      .then(accepted());
    given(announced({ known_since: undefined }))
      .when(knownSince('2025-06-17', '2025-06-16'))
      .then(accepted());
  });

  it('changes something', () => {
    given(announced()).when(knownSince('2025-06-17', '2025-06-17')).then(refused('no-change', '/changes/0'));
  });

  it('is not later than the day after the event was recorded', () => {
    given(announced()).when(knownSince('2025-06-17', '2025-11-25')).then(accepted());
    given(announced())
      .when(knownSince('2025-06-17', '2025-11-26'))
      .then(refused('known-since-after-record', '/changes/0/to'));
  });

  it('is to a day, and takes none away', () => {
    given(announced())
      .when(knownSince('2025-06-17', 'yesterday'))
      .then(refused('change-breaks-schema', '/changes/0/to'));
    given(announced())
      .when(corrected([{ path: '/known_since', from: '2025-06-17' }], { because: 'recording-error' }))
      .then(refused('change-breaks-schema', '/changes/0/to'));
  });
});
