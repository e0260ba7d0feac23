import { describe, it } from '@jest/globals';
import {
  announced,
  corrected,
  itemized,
  line,
  PLEDGE,
  reinstated,
  restated,
  retracted,
} from '../../../../test/support/domain/commands.js';
import { accepted, given, refused } from '../../../../test/support/domain/given.js';

describe('a retraction', () => {
  it('takes out what stands', () => {
    given(announced())
      .when(retracted())
      .then(accepted({ version: 2 }));
    given(announced())
      .when(retracted({ scope: 'stream' }))
      .then(accepted({ version: 2 }));
    given(announced(), restated(), retracted())
      .when(retracted({ about: `${PLEDGE}@2` }))
      .then(accepted());
  });

  it('is refused of what is retracted already', () => {
    given(announced(), retracted()).when(retracted()).then(refused('already-retracted', '/about'));
    given(announced(), retracted())
      .when(retracted({ known_since: '2025-08-01' }))
      .then(refused('already-retracted'));
  });

  it('of the whole stream names an event that stands', () => {
    given(announced(), retracted())
      .when(retracted({ scope: 'stream' }))
      .then(refused('already-retracted', '/about'));
    given(announced(), restated(), retracted())
      .when(retracted({ about: `${PLEDGE}@2`, scope: 'stream' }))
      .then(accepted());
  });

  it('is refused within the time of an earlier one that was undone', () => {
    given(announced(), retracted(), reinstated())
      .when(retracted({ known_since: '2025-09-15' }))
      .then(refused('already-retracted', '/about'));
    given(announced(), retracted(), reinstated())
      .when(retracted({ known_since: '2025-10-15' }))
      .then(accepted());
  });

  it('is refused where it would not last: a reinstatement holds from a later day on', () => {
    const undone = [
      announced(),
      retracted({ known_since: '2025-10-09' }),
      reinstated({ because: 'recording-error' }),
    ] as const;
    given(...undone)
      .when(retracted({ because: 'source-corrected', known_since: '2025-10-08' }))
      .then(refused('retracts-nothing', '/about'));
    given(...undone)
      .when(retracted({ because: 'recording-error' }))
      .then(refused('retracts-nothing', '/about'));
    for (const known_since of ['2025-10-09', '2025-10-10'])
      given(...undone)
        .when(retracted({ because: 'source-corrected', known_since }))
        .then(accepted({ version: 4 }));
  });

  it('of the whole stream is refused where it would not last', () => {
    given(
      announced(),
      retracted({ scope: 'stream', known_since: '2025-10-09' }),
      reinstated({ because: 'recording-error' }),
    )
      .when(retracted({ scope: 'stream', known_since: '2025-10-08' }))
      .then(refused('retracts-nothing', '/about'));
  });

  it('leaves the rest of the stream open', () => {
    given(announced(), retracted())
      .when(itemized([line('arms')]))
      .then(accepted());
    given(announced(), retracted())
      .when(corrected([{ path: '/title', from: 'Told', to: 'x' }]))
      .then(accepted());
  });
});

describe('a reinstatement', () => {
  it('undoes a retraction', () => {
    given(announced(), retracted())
      .when(reinstated())
      .then(accepted({ version: 3 }));
    given(announced(), retracted())
      .when(reinstated({ because: 'recording-error', known_since: '2025-01-01' }))
      .then(accepted());
  });

  it('is refused of what is not retracted', () => {
    given(announced()).when(reinstated()).then(refused('not-retracted', '/about'));
    given(announced(), retracted(), reinstated()).when(reinstated()).then(refused('not-retracted', '/about'));
  });

  it('repeats the about of the retraction', () => {
    given(announced(), restated(), retracted({ scope: 'stream' }))
      .when(reinstated({ about: `${PLEDGE}@2` }))
      .then(refused('not-retracted', '/about'));
  });

  it('is refused where it would take effect before the retraction', () => {
    given(announced(), retracted())
      .when(reinstated({ known_since: '2025-08-01' }))
      .then(refused('not-retracted', '/about'));
  });

  it('is refused where it would not last: a later retraction holds from its own day on', () => {
    const twice = [announced(), retracted(), reinstated(), retracted({ known_since: '2025-11-01' })] as const;
    given(...twice)
      .when(reinstated({ known_since: '2025-09-15' }))
      .then(refused('reinstates-nothing', '/about'));
    given(...twice)
      .when(reinstated({ known_since: '2025-11-01' }))
      .then(accepted());
  });
});
