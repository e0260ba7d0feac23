import { describe, it } from '@jest/globals';
import { upcastEvent, type Json } from '#libs/contracts';
import type { Command } from '#libs/domain';
import {
  announced,
  corrected,
  held,
  issued,
  itemized,
  line,
  PLEDGE,
  restated,
  retracted,
  signed,
} from '../../../../test/support/domain/commands.js';
import { accepted, given, refused } from '../../../../test/support/domain/given.js';

const amount = (from: string, to: string) => ({ path: '/money/amount', from, to });
const title = (from: string, to: string) => ({ path: '/title', from, to });

describe('a record', () => {
  it('is about an event that is there', () => {
    given(announced())
      .when(corrected([title('Told', 'x')], { about: `${PLEDGE}@2` }))
      .then(refused('about-unknown', '/about'));
  });

  it('is about an event of its own stream', () => {
    given(announced())
      .when(corrected([title('Told', 'x')], { about: 'pledge/another@1' }))
      .then(refused('about-other-stream', '/about'));
  });

  it('is never about another record', () => {
    given(announced(), retracted())
      .when(retracted({ about: `${PLEDGE}@2` }))
      .then(refused('about-record', '/about'));
  });

  it.each([signed(), issued(), held()])('puts right any kind of stream: $type', (command) => {
    const about = `${command.stream}@1`;
    given(command)
      .when({ ...corrected([title('Told', 'x')], { about }), stream: command.stream })
      .then(accepted({ version: 2 }));
  });
});

describe('from', () => {
  it('stands where the change takes effect', () => {
    given(announced())
      .when(corrected([amount('2000000000', '1')]))
      .then(accepted());
    given(announced())
      .when(corrected([amount('3', '1')]))
      .then(refused('stale-from', '/changes/0/from'));
    given(announced())
      .when(corrected([{ path: '/summary', to: 'added' }]))
      .then(accepted());
    given(announced())
      .when(corrected([{ path: '/title', to: 'added' }]))
      .then(refused('stale-from', '/changes/0/from'));
    given(announced())
      .when(corrected([{ path: '/unlocks/amount', from: '1', to: '2' }]))
      .then(refused('stale-from', '/changes/0/from'));
  });

  const inSeptember = corrected([amount('2000000000', '5')], { known_since: '2025-09-01' });

  it('is what an earlier correction left, from its day on', () => {
    given(announced(), inSeptember)
      .when(corrected([amount('5', '6')], { known_since: '2025-10-01' }))
      .then(accepted());
    given(announced(), inSeptember)
      .when(corrected([amount('2000000000', '6')], { known_since: '2025-10-01' }))
      .then(refused('stale-from'));
  });

  it('is what stood before it, on an earlier day', () => {
    given(announced(), inSeptember)
      .when(corrected([amount('2000000000', '6')], { known_since: '2025-08-01' }))
      .then(accepted());
    given(announced(), inSeptember)
      .when(corrected([amount('5', '6')], { known_since: '2025-08-01' }))
      .then(
        refused('stale-from', '/changes/0/from', {
          detail: 'On 2025-08-01, from which this takes effect, "2000000000" stands at /money/amount, not "5".',
        }),
      );
  });

  it('of a recording error is looked up by its value, on the day when that was set', () => {
    given(announced(), inSeptember)
      .when(corrected([amount('2000000000', '6')], { because: 'recording-error', known_since: '2025-11-01' }))
      .then(accepted());
    given(announced(), inSeptember)
      .when(corrected([amount('5', '6')], { because: 'recording-error', known_since: '2025-11-01' }))
      .then(accepted());
    given(announced(), inSeptember)
      .when(corrected([amount('7', '6')], { because: 'recording-error' }))
      .then(refused('stale-from'));
  });

  it('is not what it is to become', () => {
    given(announced())
      .when(corrected([amount('2000000000', '2000000000')]))
      .then(refused('no-change', '/changes/0'));
  });
});

describe('the data as changed', () => {
  it('stays valid, and the refusal names the pointer', () => {
    given(announced())
      .when(corrected([title('Told', 'Better'), amount('2000000000', '-1')]))
      .then(refused('change-breaks-schema', '/changes/1'));
    given(announced())
      .when(corrected([{ path: '/occurred', from: '2025-06-17' }]))
      .then(refused('change-breaks-schema', '/changes/0'));
    given(announced())
      .when(corrected([{ path: '/colour', to: 'red' }]))
      .then(refused('change-breaks-schema', '/changes/0'));
    given(announced())
      .when(corrected([{ path: '/__proto__', to: { polluted: true } }]))
      .then(refused('change-breaks-schema', '/changes/0'));
  });

  it('is looked at once all changes of a day are made', () => {
    given(announced())
      .when(
        corrected([
          { path: '/money/currency', from: 'CAD', to: null },
          { path: '/money/as_printed', to: '$2B' },
        ]),
      )
      .then(accepted());
  });

  it('keeps the slug, which is the stream’s name', () => {
    given(announced())
      .when(corrected([{ path: '/slug', from: 'g7-package', to: 'other' }]))
      .then(refused('slug-mismatch', '/changes/0/path'));
  });

  const about = `${PLEDGE}@2`;
  const stood = [announced({ lines: [line('arms')] }), itemized([line('drones')])] as const;

  it('keeps to the rules of its context', () => {
    const add = (id: string, within?: string) => [{ path: `/lines/${id}`, to: line(id, { within }) as never }];
    given(...stood)
      .when(corrected(add('ships'), { about }))
      .then(accepted());
    given(...stood)
      .when(corrected(add('ships', 'arms'), { about }))
      .then(accepted());
    given(...stood)
      .when(corrected(add('arms'), { about }))
      .then(refused('line-id-taken', '/changes/0'));
    given(...stood)
      .when(corrected(add('ships', 'boats'), { about }))
      .then(refused('within-unknown', '/changes/0'));
    given(announced(), restated())
      .when(corrected([{ path: '/refs', to: [{ relation: 'about', target: PLEDGE, line: 'nothing' }] }], { about }))
      .then(refused('line-unknown', '/changes/0'));
  });

  it('may take away a line and put it back', () => {
    const arms = line('arms') as never;
    const taken = corrected([{ path: '/lines/arms', from: arms }]);
    given(announced({ lines: [line('arms')] }), taken)
      .when(corrected([{ path: '/lines/arms', to: arms }], { known_since: '2025-10-01' }))
      .then(accepted());
  });
});

describe('a path', () => {
  it('names elements of an array by their id', () => {
    const lines = [line('arms', { due: '2025' })];
    given(announced({ lines }))
      .when(corrected([{ path: '/lines/arms/due', from: '2025', to: '2026' }]))
      .then(accepted());
    for (const path of ['/lines/0/due', '/lines/-', '/citations/0/title', '/citations/0'])
      given(announced({ lines }))
        .when(corrected([{ path, to: 'x' }]))
        .then(refused('path-unknown', '/changes/0/path'));
  });

  it('puts no element under another’s name', () => {
    given(announced({ lines: [line('arms')] }))
      .when(corrected([{ path: '/lines/arms', from: line('arms'), to: line('ships') }]))
      .then(refused('path-unknown', '/changes/0/path'));
  });

  it('names one element, not two of one id', () => {
    const parties = [
      { id: 'state:ca', name: 'Canada', role: 'donor' as const },
      { id: 'state:ca', name: 'Canada', role: 'host' as const },
      { id: 'state:ua', name: 'Ukraine', role: 'beneficiary' as const },
    ];
    given(announced({ parties }))
      .when(corrected([{ path: '/parties/state:ca/name', from: 'Canada', to: 'CA' }]))
      .then(refused('path-unknown', '/changes/0/path'));
  });
});

describe('an event in a former version of its type', () => {
  const agreement = 'agreement/security';
  const { data, ...command } = signed();
  const { manner: _manner, ...stored } = { ...data, by: 'adoption' } as Record<string, Json>;
  const inVersion1 = {
    ...command,
    ...upcastEvent('litopys.agreement.signed.v1', stored),
    type: command.type,
  } as Command;
  const change = (path: string, to: string) =>
    ({ ...corrected([{ path, from: 'adoption', to }], { about: `${agreement}@1` }), stream: agreement }) as Command;

  it('is corrected by the pointers of the version in which it is stored', () => {
    given(inVersion1)
      .when(change('/by', 'signature'))
      .then(accepted({ version: 2 }));
    given(inVersion1).when(change('/manner', 'signature')).then(refused('stale-from', '/changes/0/from'));
  });

  it('must stay valid in that version', () => {
    given(inVersion1).when(change('/by', 'handshake')).then(refused('change-breaks-schema', '/changes/0'));
  });
});
