import { describe, it } from '@jest/globals';
import {
  announced,
  corrected,
  itemized,
  line,
  PLEDGE,
  restated,
  retracted,
} from '../../../../test/support/domain/commands.js';
import { accepted, given, refused } from '../../../../test/support/domain/given.js';

describe('the lines of a pledge', () => {
  it('are added by each itemization', () => {
    given(announced({ lines: [line('arms')] }), itemized([line('drones')]))
      .when(itemized([line('ships')]))
      .then(accepted({ version: 3 }));
  });

  it('keep their ids to themselves', () => {
    given(announced(), itemized([line('arms')]))
      .when(itemized([line('ships'), line('arms')]))
      .then(refused('line-id-taken', '/lines/1/id'));
    given(announced({ lines: [line('arms')] }))
      .when(itemized([line('arms')]))
      .then(refused('line-id-taken', '/lines/0/id'));
    given(itemized([line('arms')], { slug: 'g7-package' }))
      .when(announced({ slug: undefined, lines: [line('arms')] }))
      .then(refused('line-id-taken', '/lines/0/id'));
  });

  it('keep the ids of retracted events used', () => {
    given(announced(), itemized([line('arms')]), retracted({ about: `${PLEDGE}@2` }))
      .when(itemized([line('arms')]))
      .then(refused('line-id-taken', '/lines/0/id'));
  });

  it.each(['better-source', 'recording-error'] as const)(
    'keep the ids used that a correction took away: %s',
    (because) => {
      const renamed = corrected([{ path: '/lines', from: [line('arms')], to: [line('weapons')] }], {
        about: `${PLEDGE}@2`,
        because,
      });
      for (const id of ['arms', 'weapons'])
        given(announced(), itemized([line('arms')]), renamed)
          .when(itemized([line(id)]))
          .then(refused('line-id-taken', '/lines/0/id'));
    },
  );

  it('lie within lines that are there', () => {
    const inArms = (id: string) => line(id, { within: 'arms' });
    given(announced())
      .when(itemized([inArms('rifles')]))
      .then(refused('within-unknown', '/lines/0/within'));
    given(announced())
      .when(itemized([inArms('rifles'), line('arms')]))
      .then(accepted());
    given(announced({ lines: [line('arms')] }))
      .when(itemized([inArms('rifles')]))
      .then(accepted());
    given(announced(), itemized([line('arms')]), retracted({ about: `${PLEDGE}@2` }))
      .when(itemized([inArms('rifles')]))
      .then(refused('within-unknown', '/lines/0/within'));
  });

  it('never lie within themselves', () => {
    given(announced())
      .when(itemized([line('arms', { within: 'arms' })]))
      .then(refused('within-circle', '/lines/0/within'));
    given(announced())
      .when(itemized([line('arms', { within: 'guns' }), line('guns', { within: 'arms' })]))
      .then(refused('within-circle', '/lines/0/within'));
  });
});

describe('what is odd in the world is taken', () => {
  const sum = (amount: string) => ({ money: { amount, currency: 'CAD', qualifier: 'exact' as const } });

  it('lines over the total', () => {
    given(announced())
      .when(itemized([line('arms', sum('9000000000'))]))
      .then(accepted());
  });

  it('a second announcement, and a restatement of another sum', () => {
    given(announced())
      .when(announced({ slug: undefined, ...sum('1') }))
      .then(accepted());
    given(announced())
      .when(restated(sum('1')))
      .then(accepted());
  });

  it('a restatement that happened before the announcement', () => {
    given(announced())
      .when(restated({ occurred: '1999' }))
      .then(accepted());
  });
});
