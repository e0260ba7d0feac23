import { describe, it } from '@jest/globals';
import { accepted, given, refused } from '../../../../test/support/domain/given.js';
import {
  announced,
  corroborated,
  disputed,
  itemized,
  line,
  PLEDGE,
  related,
  restated,
  settled,
} from '../../../../test/support/domain/commands.js';

describe('a record that lays something beside an event', () => {
  it('is taken about any telling event of its stream', () => {
    for (const command of [corroborated(), disputed(), related([{ relation: 'about', target: 'pledge/another' }])])
      given(announced())
        .when(command)
        .then(accepted({ version: 2 }));
  });

  it('is refused about a record, or about nothing', () => {
    given(announced(), disputed())
      .when(corroborated({ about: `${PLEDGE}@2` }))
      .then(refused('about-record', '/about'));
    given(announced())
      .when(disputed({ about: `${PLEDGE}@7` }))
      .then(refused('about-unknown', '/about'));
  });

  it('names lines of its own stream that stand', () => {
    const link = { relation: 'draws-on' as const, target: 'pledge/envelope', line: 'arms' };
    given(announced())
      .when(related([link]))
      .then(refused('line-unknown', '/refs/0/line'));
    given(announced(), itemized([line('arms')]))
      .when(related([link]))
      .then(accepted());
  });
});

describe('a settlement', () => {
  it('ends a dispute about the same event', () => {
    given(announced(), disputed())
      .when(settled({ dispute: `${PLEDGE}@2` }))
      .then(accepted({ version: 3 }));
  });

  it('may name what was in question alone', () => {
    given(announced())
      .when(settled({ dispute: undefined, path: '/money' }))
      .then(accepted({ version: 2 }));
  });

  it('of what is no dispute, of another stream’s, or of one about another event is refused', () => {
    const history = [announced(), restated(), disputed()];
    for (const dispute of [`${PLEDGE}@1`, `${PLEDGE}@9`, 'pledge/another@3'])
      given(...history)
        .when(settled({ dispute }))
        .then(refused('dispute-unknown', '/dispute', { mend: `Disputes about it: ${PLEDGE}@3.` }));
    given(...history)
      .when(settled({ about: `${PLEDGE}@2`, dispute: `${PLEDGE}@3` }))
      .then(refused('dispute-unknown', '/dispute'));
  });
});
