import { describe, expect, it } from '@jest/globals';
import { drawnFrom } from './explain-drawn.js';
import { explain } from './explain.js';
import { announced, cad, line, link, promise, usd } from './example-promises.js';
import { GROSS, NEW, shown, exactly, rowsOf, whole, cells, findings } from './example-rows.js';
import type { PromiseState } from './promise.js';

describe('money told before (M2)', () => {
  const november = promise('pledge/november', cad(500), { opening: announced(1) });
  const nasams = promise('pledge/nasams', cad(406), {
    opening: announced(2),
    links: [link('part-of', 'pledge/november', cad(406))],
  });
  const senators = promise('pledge/senators', cad(90), {
    opening: announced(3),
    links: [link('draws-on', 'pledge/november', cad(90))],
  });

  it('406 and 90 of the 500: gross as announced, new 0, by name of the promise that they are paid from', () => {
    const all = [november, nasams, senators];
    expect([whole('pledge/nasams', all, GROSS), whole('pledge/nasams', all, NEW)]).toEqual([exactly(406), exactly(0)]);
    expect([whole('pledge/senators', all, GROSS), whole('pledge/senators', all, NEW)]).toEqual([
      exactly(90),
      exactly(0),
    ]);
    expect(whole('pledge/november', all, NEW)).toEqual(exactly(500));
    expect(rowsOf('pledge/nasams', all, NEW)[0]).toMatchObject({
      rules: ['M1', 'M2'],
      takenOff: [{ rule: 'M2', relation: 'part-of', against: 'pledge/november', because: null }],
    });
  });

  it('leaves 4 of the 500', () => {
    expect(shown(drawnFrom([senators, november, nasams], 'pledge/november').left)).toEqual(exactly(4));
  });

  it.each([
    ['without a figure', promise('pledge/q', null), link('draws-on', 'pledge/november'), 'no-figure-to-take-from'],
    [
      'in a currency that no source ties',
      promise('pledge/q', usd(10)),
      link('draws-on', 'pledge/november', usd(10)),
      'no-source-ties-the-currencies',
    ],
    [
      'of a line without a figure',
      promise('pledge/q', cad(9), { lines: [line('guns', null)] }),
      link('draws-on', 'pledge/november', null, { line: 'guns' }),
      'line-without-figure',
    ],
  ])('no least that is left can be told where a draw is %s', (_what, draws, told, because) => {
    const drawn = drawnFrom([november, nasams, { ...draws, opening: announced(4), links: [told] }], 'pledge/november');
    expect(shown(drawn.left)).toEqual([null, 94, 94]);
    expect(drawn.currency).toBe('CAD');
    expect(drawn.drawn.map((one) => [one.stream, shown(one.sum), one.because])).toEqual([
      ['pledge/nasams', exactly(406), null],
      ['pledge/q', undefined, because],
    ]);
  });

  it('names what is paid from a promise without a figure, of which no one can tell what is left', () => {
    expect(drawnFrom([promise('pledge/november', null), nasams], 'pledge/november')).toMatchObject({
      drawn: [{ stream: 'pledge/nasams', sum: null, because: 'target-without-figure' }],
      currency: null,
      left: null,
    });
  });

  it('is the same by filter and by group: new belongs to the promise, never to the selection', () => {
    const all = [november, nasams, senators];
    expect(explain(all, NEW, new Set(['pledge/nasams']))).toEqual(rowsOf('pledge/nasams', all, NEW));
  });

  it('440 of January 2025, from two earlier promises whose split is not told: new 0, not split, residual -4', () => {
    const lines = [200, 100, 50, 30, 64].map((sum, at) => line(`l${at}`, cad(sum)));
    const all = [
      promise('pledge/nato', cad(500)),
      promise('pledge/budget', cad(1600)),
      promise('pledge/p', cad(440), {
        opening: announced(2),
        lines,
        links: [link('draws-on', 'pledge/nato'), link('draws-on', 'pledge/budget')],
      }),
    ];
    expect([whole('pledge/p', all, GROSS), whole('pledge/p', all, NEW)]).toEqual([exactly(440), exactly(0)]);
    expect(cells(rowsOf('pledge/p', all, NEW))).toEqual([['whole', 'military', 'grant', 0]]);
    expect(findings('pledge/p', all)).toEqual([['residual-below-zero:pledge/p:/lines', -4]]);
  });

  it('takes off the line that it names, and the lines within it', () => {
    const lines = [line('arms', cad(100)), line('guns', cad(60), { within: 'arms' }), line('food', cad(40))];
    const p = promise('pledge/p', cad(150), {
      opening: announced(2),
      lines,
      links: [link('draws-on', 'pledge/november', null, { line: 'arms' })],
    });
    expect(
      cells(rowsOf('pledge/p', [november, p], NEW)).map((cell) => [(cell as unknown[])[0], (cell as unknown[])[3]]),
    ).toEqual([
      ['arms', 0],
      ['guns', 0],
      ['food', 40],
      ['residual', 10],
    ]);
  });

  it('without a line takes off the own category, and is given whole where that would fall below 0', () => {
    const lines = [line('guns', cad(60), { category: 'military/small-arms' })];
    const p = (sum: number): PromiseState =>
      promise('pledge/p', cad(100), {
        opening: announced(2),
        lines,
        links: [link('draws-on', 'pledge/november', cad(sum))],
      });
    expect(cells(rowsOf('pledge/p', [november, p(30)], NEW))).toEqual([
      ['guns', 'military/small-arms', 'grant', 60],
      ['residual', 'military', 'grant', 10],
    ]);
    expect(cells(rowsOf('pledge/p', [november, p(70)], NEW))).toEqual([['whole', 'military', 'grant', 30]]);
  });

  it('lines over the total that are all told before leave nothing new, and nothing below 0', () => {
    const lines = [line('guns', cad(60)), line('food', cad(50))];
    const links = lines.map(({ id }) => link('draws-on', 'pledge/november', null, { line: id }));
    const p = promise('pledge/p', cad(100), { opening: announced(2), lines, links });
    expect(cells(rowsOf('pledge/p', [november, p], NEW))).toEqual([['whole', 'military', 'grant', 0]]);
  });

  it.each([
    ['target-not-on-record', [], link('part-of', 'pledge/november', cad(10))],
    [
      'target-is-wider',
      [promise('pledge/november', cad(500), { scope: 'wider' })],
      link('part-of', 'pledge/november', cad(10)),
    ],
    ['target-without-figure', [promise('pledge/november', null)], link('part-of', 'pledge/november', cad(10))],
    ['no-source-ties-the-currencies', [promise('pledge/november', usd(500))], link('part-of', 'pledge/november')],
    ['no-source-ties-the-currencies', [november], link('part-of', 'pledge/november', usd(10))],
  ])('takes nothing off and says so: %s', (because, others, told) => {
    const p = promise('pledge/p', cad(100), { opening: announced(2), links: [told] });
    expect(whole('pledge/p', [...others, p], NEW)).toEqual(exactly(100));
    expect(rowsOf('pledge/p', [...others, p], NEW)[0]?.takenOff).toMatchObject([
      { because, against: 'pledge/november' },
    ]);
  });

  it('counts a link in another currency by what a source printed for that very money', () => {
    const printedSo = { ...usd(10), reported_as: [{ amount: '14000000', currency: 'CAD' }] };
    const p = promise('pledge/p', cad(100), {
      opening: announced(2),
      links: [link('part-of', 'pledge/november', printedSo)],
    });
    expect(whole('pledge/p', [november, p], NEW)).toEqual(exactly(86));
  });
});

describe('one promise told twice (M3)', () => {
  it('counts once, by the earliest; the other gives nothing, gross and new alike', () => {
    const all = [
      promise('pledge/late', cad(100), { opening: announced(3), links: [link('same-as', 'pledge/early')] }),
      promise('pledge/early', cad(100), { opening: announced(2) }),
    ];
    for (const question of [GROSS, NEW]) {
      expect(whole('pledge/early', all, question)).toEqual(exactly(100));
      expect(rowsOf('pledge/late', all, question)[0]).toMatchObject({
        takenOff: [{ rule: 'M3', against: 'pledge/early' }],
      });
      expect(whole('pledge/late', all, question)).toEqual(exactly(0));
    }
  });

  it('counts by the one with a figure where the earliest has none', () => {
    const all = [
      promise('pledge/early', null, { opening: announced(2) }),
      promise('pledge/late', cad(100), { opening: announced(3), links: [link('same-as', 'pledge/early')] }),
    ];
    expect(whole('pledge/late', all, NEW)).toEqual(exactly(100));
    expect(whole('pledge/early', all, NEW)).toEqual(exactly(0));
  });

  it('a link between the two tellings takes nothing off: no money is lost', () => {
    const all = [
      promise('pledge/early', cad(100), { opening: announced(2), links: [link('part-of', 'pledge/late')] }),
      promise('pledge/late', cad(100), { opening: announced(3), links: [link('same-as', 'pledge/early')] }),
    ];
    expect(whole('pledge/early', all, NEW)).toEqual(exactly(100));
  });

  it('circles are a finding, and the earliest known of the circle counts', () => {
    const all = [
      promise('pledge/bb', cad(100), { opening: announced(2), links: [link('part-of', 'pledge/aa')] }),
      promise('pledge/aa', cad(100), { opening: announced(1), links: [link('part-of', 'pledge/cc')] }),
      promise('pledge/cc', cad(100), { opening: announced(3), links: [link('part-of', 'pledge/bb')] }),
    ];
    expect(['aa', 'bb', 'cc'].map((name) => whole(`pledge/${name}`, all, NEW))).toEqual([
      exactly(100),
      exactly(0),
      exactly(0),
    ]);
    expect(findings('pledge/aa', all)).toEqual([['circle:pledge/aa:/refs', 0]]);
    expect(findings('pledge/bb', all)).toEqual([]);
  });

  it('joins no envelope with a promise: what is drawn from it counts by itself', () => {
    const all = [
      promise('pledge/envelope', cad(6200), { scope: 'wider' }),
      promise('pledge/p', cad(300), { opening: announced(2), links: [link('same-as', 'pledge/envelope')] }),
    ];
    expect(whole('pledge/p', all, NEW)).toEqual(exactly(300));
    expect(rowsOf('pledge/p', all, NEW)[0]?.takenOff).toMatchObject([{ because: 'target-is-wider' }]);
  });

  it('distinct-from takes nothing off', () => {
    const all = [
      promise('pledge/aa', cad(2000)),
      promise('pledge/bb', cad(2000), { opening: announced(2), links: [link('distinct-from', 'pledge/aa')] }),
    ];
    expect(whole('pledge/bb', all, NEW)).toEqual(exactly(2000));
  });
});

describe('groups and envelopes (M4)', () => {
  const era = promise('pledge/era', cad(5000), {
    instrument: 'loan',
    opening: announced(2),
    links: [link('share-of', 'pledge/g7-era')],
  });
  const group = promise('pledge/g7-era', usd(50000), { donors: ['state:ca', 'state:us'], instrument: 'loan' });

  it("a share counts for its donor: Canada's 5,000 of the G7's frozen-asset loan, in the loans column", () => {
    const [row] = rowsOf('pledge/era', [group, era], NEW);
    expect([row?.cell.donor, row?.cell.instrument, shown(row?.gives)]).toEqual(['state:ca', 'loan', exactly(5000)]);
  });

  it('the 2,300 of June 2025, part of the 5,000: gross 2,300, new 0', () => {
    const again = promise('pledge/june', cad(2300), {
      opening: announced(9),
      links: [link('part-of', 'pledge/era', cad(2300))],
    });
    expect([whole('pledge/june', [era, again], GROSS), whole('pledge/june', [era, again], NEW)]).toEqual([
      exactly(2300),
      exactly(0),
    ]);
  });

  it("a group's promise counts what no share tells, under no donor's name", () => {
    const tied = promise(
      'pledge/era',
      { ...cad(5000), reported_as: [{ amount: '3600000000', currency: 'USD' }] },
      { opening: announced(2), links: era.links },
    );
    const [row] = rowsOf('pledge/g7-era', [group, tied], GROSS);
    expect([row?.cell.donor, shown(row?.gives)]).toEqual(['unattributed', exactly(46400)]);
    expect(row?.takenOff).toMatchObject([{ rule: 'M4', against: 'pledge/era' }]);
  });

  it('shares of each other are a finding, and the earliest known counts, for its donor, gross and new alike', () => {
    const all = [
      promise('pledge/bb', cad(100), { opening: announced(2), links: [link('share-of', 'pledge/aa')] }),
      promise('pledge/aa', cad(100), { opening: announced(1), links: [link('share-of', 'pledge/cc')] }),
      promise('pledge/cc', cad(100), { opening: announced(3), links: [link('share-of', 'pledge/bb')] }),
    ];
    for (const question of [GROSS, NEW])
      expect(['aa', 'bb', 'cc'].map((name) => whole(`pledge/${name}`, all, question))).toEqual([
        exactly(100),
        exactly(0),
        exactly(0),
      ]);
    expect(rowsOf('pledge/aa', all, NEW)[0]).toMatchObject({
      cell: { donor: 'state:ca' },
      takenOff: [{ rule: 'M4', against: 'pledge/bb', takes: null, because: 'circle' }],
    });
    expect(findings('pledge/aa', all)).toEqual([['circle:pledge/aa:/refs', 0]]);
  });

  it.each(['part-of', 'draws-on'] as const)(
    'a share that is told to be %s its group too is counted once',
    (relation) => {
      const both = promise('pledge/era', cad(5000), {
        opening: announced(2),
        links: [link('share-of', 'pledge/group'), link(relation, 'pledge/group')],
      });
      const all = [promise('pledge/group', cad(50000), { donors: ['state:ca', 'state:us'] }), both];
      for (const question of [GROSS, NEW])
        expect(['era', 'group'].map((name) => whole(`pledge/${name}`, all, question))).toEqual([
          exactly(5000),
          exactly(45000),
        ]);
      expect(rowsOf('pledge/era', all, NEW)[0]?.takenOff).toMatchObject([{ rule: 'M2', because: 'is-a-share-of-it' }]);
      expect(findings('pledge/era', all)).toEqual([]);
    },
  );

  it('a circle through a share is broken at a link: the share counts for its donor', () => {
    const all = [
      promise('pledge/group', cad(100), { donors: ['state:ca', 'state:us'] }),
      promise('pledge/part', cad(100), { opening: announced(2), links: [link('part-of', 'pledge/group')] }),
      promise('pledge/share', cad(100), {
        opening: announced(3),
        links: [link('share-of', 'pledge/group'), link('part-of', 'pledge/part')],
      }),
    ];
    expect(['group', 'part', 'share'].map((name) => whole(`pledge/${name}`, all, NEW))).toEqual([
      exactly(0),
      exactly(100),
      exactly(0),
    ]);
    expect(findings('pledge/part', all)).toEqual([['circle:pledge/part:/refs', 0]]);
  });

  it('a share in a currency that no source ties takes nothing off the group, and says so', () => {
    const [row] = rowsOf('pledge/g7-era', [group, era], GROSS);
    expect(shown(row?.gives)).toEqual(exactly(50000));
    expect(row?.takenOff).toMatchObject([{ rule: 'M4', because: 'no-source-ties-the-currencies' }]);
  });

  it('24 February 2026: the envelope counts nothing itself, what is drawn from it counts, the 300 that the donor calls new stand beside it', () => {
    const all = [
      promise('pledge/envelope', cad(6200), { scope: 'wider' }),
      promise('pledge/p', cad(2000), {
        opening: announced(9),
        newness: 'mixed',
        newMoney: cad(300),
        links: [link('draws-on', 'pledge/envelope', cad(1700))],
      }),
    ];
    expect([whole('pledge/p', all, GROSS), whole('pledge/p', all, NEW)]).toEqual([exactly(2000), exactly(2000)]);
    expect([whole('pledge/envelope', all, GROSS), whole('pledge/envelope', all, NEW)]).toEqual([
      exactly(0),
      exactly(0),
    ]);
    expect(findings('pledge/p', all)).toEqual([['newness-differs:pledge/p:/newness', -1700]]);
    expect(shown(drawnFrom(all, 'pledge/envelope').left)).toEqual(exactly(4500));
  });
});
