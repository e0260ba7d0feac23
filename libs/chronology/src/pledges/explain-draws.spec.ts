import { describe, expect, it } from '@jest/globals';
import type { Draw } from '../draws/draw.js';
import { cumulative, draw, levelIn, oddDraws, oneMovement, stageOf } from './example-draws.js';
import { announced, cad, line, link, promise, usd } from './example-promises.js';
import { exactly, shown } from './example-rows.js';
import { explain } from './explain.js';
import type { PromiseState } from './promise.js';

const drawnOn = (draws: Draw[], more: Partial<PromiseState> = {}): PromiseState[] => [
  promise('pledge/p', cad(500), { draws, ...more }),
];
const level = (draws: Draw[], stage: Draw['stage'] = 'disbursed', more: Partial<PromiseState> = {}): unknown =>
  shown(levelIn('pledge/p', drawnOn(draws, more), stage));

describe('the level of a stage (M11)', () => {
  it('adds up increments: the tranches of 2,500 and 2,300 of the 5,000', () => {
    const era = promise('pledge/era', cad(5000), {
      instrument: 'loan',
      draws: [
        draw('disbursed', '2025-03', cad(2500), { pledge: 'pledge/era' }),
        draw('disbursed', '2025-07', cad(2300), { pledge: 'pledge/era' }),
      ],
    });
    const [disbursed] = stageOf('pledge/era', [era], 'disbursed').levels;
    expect([shown(disbursed?.sum), shown(disbursed?.left)]).toEqual([exactly(4800), exactly(200)]);
  });

  it('is none where nothing is told, which is not 0', () => {
    expect(stageOf('pledge/p', drawnOn([]), 'delivered').levels).toEqual([]);
  });

  it('is the cumulative figure that reaches furthest, and the increments after it', () => {
    const draws = [
      draw('disbursed', '2023-02-01', cad(60)),
      cumulative('disbursed', '2023-01', cad(40)),
      cumulative('disbursed', '2023-06', cad(100)),
      draw('disbursed', '2023-07-01', cad(25)),
    ];
    expect(level(draws)).toEqual(exactly(125));
    expect(stageOf('pledge/p', drawnOn(draws), 'disbursed').draws.map(({ because }) => because)).toEqual([
      'within-cumulative',
      'within-cumulative',
      null,
      null,
    ]);
  });

  it('an increment that straddles adds to high alone, and is a finding', () => {
    const straddles = draw('disbursed', '2023', cad(25));
    const draws = [cumulative('disbursed', '2023-06', cad(100)), straddles];
    expect(level(draws)).toEqual([100, 100, 125]);
    expect(oddDraws('pledge/p', drawnOn(draws), 'disbursed')).toEqual([
      ['straddles', straddles.event, '/occurred', null],
    ]);
  });

  it('an increment that begins on the last day of a cumulative figure straddles', () => {
    const draws = [cumulative('disbursed', '2023-06', cad(100)), draw('disbursed', '2023-06-30/2023-07', cad(25))];
    expect(level(draws)).toEqual([100, 100, 125]);
  });

  it('of two cumulative figures for one day the official one counts, else the later known; the other is a finding', () => {
    const press = cumulative('disbursed', '2023-06-30', cad(110), { knownSince: '2023-08-01' });
    const official = cumulative('disbursed', '2023-06', cad(100), { knownSince: '2023-07-01', isOfficial: true });
    const earlier = cumulative('disbursed', '2023-06', cad(90), { knownSince: '2023-07-01' });
    expect(level([press, official])).toEqual(exactly(100));
    expect(oddDraws('pledge/p', drawnOn([press, official]), 'disbursed')).toEqual([
      ['rival-figure', press.event, '/draws', 10],
    ]);
    expect(level([press, earlier])).toEqual(exactly(110));
    const twice = [official, cumulative('disbursed', '2023-06', cad(100))];
    expect(oddDraws('pledge/p', drawnOn(twice), 'disbursed')).toEqual([]);
  });

  it('a cumulative figure below what was told before is a finding, and stands', () => {
    const all = cumulative('disbursed', '2023-06', cad(100));
    const draws = [draw('disbursed', '2023-01', cad(80)), draw('disbursed', '2023-02', cad(50)), all];
    expect(level(draws)).toEqual(exactly(100));
    expect(oddDraws('pledge/p', drawnOn(draws), 'disbursed')).toEqual([
      ['less-than-told-before', all.event, '/draws', -30],
    ]);
  });

  it('only what is handed over is delivered', () => {
    const draws = (['dispatched', 'staged', 'handed-over'] as const).map((handover, at) =>
      draw('delivered', `2024-0${at + 1}`, cad(10), { handover }),
    );
    expect(level(draws, 'delivered')).toEqual(exactly(10));
    expect(stageOf('pledge/p', drawnOn(draws), 'delivered').draws.map(({ because }) => because)).toEqual([
      'not-handed-over',
      'not-handed-over',
      null,
    ]);
    expect(stageOf('pledge/p', drawnOn(draws.slice(0, 2)), 'delivered').levels).toEqual([]);
  });

  it('what tells no figure has no bound above: four vehicles are not 0', () => {
    expect(level([draw('delivered', '2024-06', cad(10)), draw('delivered', '2024-07')], 'delivered')).toEqual([
      10,
      10,
      null,
    ]);
  });

  it('keeps stages apart: they are five measures of the same money', () => {
    const draws = [draw('allocated', '2023-01', cad(500)), draw('disbursed', '2023-02', cad(200))];
    expect(['allocated', 'disbursed'].map((stage) => level(draws, stage as Draw['stage']))).toEqual([
      exactly(500),
      exactly(200),
    ]);
  });

  describe('by line', () => {
    const lines = [line('arms', cad(300)), line('guns', cad(100), { within: 'arms' }), line('food', cad(100))];
    const rows = (draws: Draw[]): unknown =>
      explain(drawnOn(draws, { lines }), { measure: 'disbursed', basis: 'gross' }).map((row) => [
        row.line ?? row.part,
        shown(row.gives)?.[1],
        row.rules,
      ]);

    it('goes by the most specific line, and what names no line stands under the promise', () => {
      const draws = [
        draw('disbursed', '2023-01', cad(30), { line: 'guns' }),
        draw('disbursed', '2023-02', cad(50), { line: 'arms' }),
        draw('disbursed', '2023-03', cad(7)),
      ];
      expect(rows(draws)).toEqual([
        ['whole', 7, ['M11']],
        ['arms', 50, ['M11', 'M9']],
        ['guns', 30, ['M11', 'M9']],
      ]);
      expect(level(draws, 'disbursed', { lines })).toEqual(exactly(87));
    });

    it('a figure of the whole takes in what its lines tell: 200 in all, of which 80 for guns', () => {
      const draws = [
        draw('disbursed', '2023-01', cad(80), { line: 'guns' }),
        cumulative('disbursed', '2023-06', cad(200)),
        draw('disbursed', '2023-08', cad(5), { line: 'food' }),
      ];
      expect(level(draws, 'disbursed', { lines })).toEqual(exactly(205));
      expect(rows(draws)).toEqual([
        ['whole', 120, ['M11']],
        ['guns', 80, ['M11', 'M9']],
        ['food', 5, ['M11', 'M9']],
      ]);
    });

    it('a draw on a line that the promise does not have counts for the promise, and is a finding', () => {
      const lost = draw('disbursed', '2023-01', cad(9), { line: 'boots' });
      expect(level([lost], 'disbursed', { lines })).toEqual(exactly(9));
      expect(oddDraws('pledge/p', drawnOn([lost], { lines }), 'disbursed')).toEqual([
        ['unresolved-line', lost.event, '/draws', null],
      ]);
    });

    it('over the line, or over the promise, is shown as it is, with a finding (M13)', () => {
      const draws = [draw('disbursed', '2023-01', cad(110), { line: 'guns' }), draw('disbursed', '2023-02', cad(400))];
      expect(level(draws, 'disbursed', { lines })).toEqual(exactly(510));
      expect(oddDraws('pledge/p', drawnOn(draws, { lines }), 'disbursed')).toEqual([
        ['draws-over-promise', 'pledge/p', '/disbursed', 10],
        ['draws-over-line', 'pledge/p', '/lines/guns/disbursed', 10],
      ]);
    });
  });

  it('is not over a promise of at least so much, nor is what is repaid, with its interest', () => {
    const atLeast = { money: cad(500, 'at-least') };
    expect(oddDraws('pledge/p', drawnOn([draw('disbursed', '2023', cad(510))], atLeast), 'disbursed')).toEqual([]);
    expect(oddDraws('pledge/p', drawnOn([draw('repaid', '2023', cad(510))]), 'repaid')).toEqual([]);
  });
});

describe('currencies of draws (M10)', () => {
  it('a draw in another currency counts by what a source printed for that very money', () => {
    const tied = draw('disbursed', '2022-08-17', {
      ...usd(349),
      reported_as: [{ amount: '450000000', currency: 'CAD' }],
    });
    expect(level([tied])).toEqual(exactly(450));
    const byCitation = draw('disbursed', '2022-08-17', usd(349), {
      conversions: [{ amount: '450000000', currency: 'CAD' }],
    });
    expect(level([byCitation])).toEqual(exactly(450));
  });

  it('and else stands by itself, and leaves the other without a bound', () => {
    const draws = [draw('disbursed', '2025-03', cad(400)), draw('disbursed', '2025-12', usd(146))];
    const { levels, draws: listed } = stageOf('pledge/p', drawnOn(draws), 'disbursed');
    expect(levels.map(({ currency, sum, left }) => [currency, shown(sum), shown(left)])).toEqual([
      ['CAD', [400, 400, null], [null, 100, 100]],
      ['USD', exactly(146), undefined],
    ]);
    expect(listed.map(({ adds, because }) => [adds?.currency, shown(adds?.sum), because])).toEqual([
      ['CAD', exactly(400), null],
      ['USD', exactly(146), null],
    ]);
  });

  it('money whose currency no source prints is in no sum', () => {
    const bare = draw('disbursed', '2025', { ...cad(70), currency: null, as_printed: '$70 million' });
    expect(level([bare])).toEqual([0, 0, null]);
    expect(stageOf('pledge/p', drawnOn([bare]), 'disbursed').draws).toMatchObject([
      { adds: null, because: 'unstated-currency' },
    ]);
  });
});

describe('two words of one movement (M12)', () => {
  const sent = draw('disbursed', '2022-08-17', cad(450));
  const received = (occurred: string, sum: number): Draw => draw('disbursed', occurred, cad(sum), { side: 'received' });

  it("counts once, by the sender's", () => {
    const draws = oneMovement(received('2022-08-17', 450), sent);
    expect(level(draws)).toEqual(exactly(450));
    expect(stageOf('pledge/p', drawnOn(draws), 'disbursed').draws.map(({ because }) => because)).toEqual([
      null,
      'counted-by-the-sender',
    ]);
    expect(oddDraws('pledge/p', drawnOn(draws), 'disbursed')).toEqual([]);
  });

  it('that differ by days or sums are a finding', () => {
    const other = received('2022-08-18', 449);
    const draws = oneMovement(sent, other);
    expect(level(draws)).toEqual(exactly(450));
    expect(oddDraws('pledge/p', drawnOn(draws), 'disbursed')).toEqual([
      ['sides-differ', other.event, '/occurred', null],
      ['sides-differ', other.event, '/draws', -1],
    ]);
  });

  it('that only one tells more exactly do not differ: in August, about 400', () => {
    const draws = oneMovement(
      sent,
      draw('disbursed', '2022-08', cad(400, 'approximate'), { side: 'received' }),
      draw('disbursed', '2022-08', cad(400, 'at-least'), { side: 'received' }),
    );
    expect(oddDraws('pledge/p', drawnOn(draws), 'disbursed')).toEqual([]);
  });

  it('of which the receiver names no promise: its sum is compared with all that the sender tells', () => {
    const [first, second, all] = oneMovement(
      draw('disbursed', '2022-08-17', cad(250), { event: 'transfer/loans@1' }),
      draw('disbursed', '2022-08-17', cad(200), { event: 'transfer/loans@1', key: '1', pledge: 'pledge/other' }),
      draw('disbursed', '2022-08-17', cad(449), { event: 'transfer/loans@2', pledge: null, side: 'received' }),
    );
    const draws = [first, second, all] as Draw[];
    expect(level(draws)).toEqual(exactly(250));
    expect(oddDraws('pledge/p', drawnOn(draws), 'disbursed')).toEqual([
      ['sides-differ', 'transfer/loans@2', '/draws', -1],
    ]);
  });

  it('dispatched by the sender, handed over by the receiver: it is delivered', () => {
    const draws = oneMovement(
      draw('delivered', '2024-06-13', cad(10), { handover: 'dispatched' }),
      draw('delivered', '2024-08-01', cad(10), { side: 'received' }),
    );
    expect(level(draws, 'delivered')).toEqual(exactly(10));
    expect(oddDraws('pledge/p', drawnOn(draws), 'delivered')).toEqual([]);
  });
});

describe('what is drawn on a part', () => {
  const november = promise('pledge/november', cad(500), { opening: announced(1) });
  const part = (stream: string, sum: number, draws: Draw[], more: Partial<PromiseState> = {}): PromiseState =>
    promise(stream, cad(sum), {
      opening: announced(2),
      links: [link('part-of', 'pledge/november')],
      draws: draws.map((one) => ({ ...one, pledge: stream })),
      ...more,
    });
  const through = (promises: PromiseState[]): unknown[] => {
    const drawn = stageOf('pledge/november', promises, 'delivered');
    const [first] = drawn.levels;
    return [shown(first?.sum), shown(first?.through), shown(first?.directly)];
  };

  it("is drawn through it on the whole: NASAMS is 406 of November's 500", () => {
    const nasams = part('pledge/nasams', 406, [draw('delivered', '../2024-11-21', cad(406))]);
    expect(through([november, nasams])).toEqual([exactly(406), exactly(406), exactly(0)]);
    expect(stageOf('pledge/november', [november, nasams], 'delivered').draws).toMatchObject([
      { through: 'pledge/nasams', because: null },
    ]);
    const rows = explain([november, nasams], { measure: 'delivered', basis: 'gross' });
    expect(rows.map((row) => [row.stream, shown(row.gives)])).toEqual([['pledge/nasams', exactly(406)]]);
  });

  it('and counts once where a figure of the whole speaks of it too', () => {
    const nasams = part('pledge/nasams', 406, [draw('delivered', '2024-06', cad(406))]);
    const all = { ...november, draws: [cumulative('delivered', '2024-12', cad(450), { pledge: 'pledge/november' })] };
    expect(through([all, nasams])).toEqual([exactly(450), exactly(406), exactly(44)]);
    const rows = explain([all, nasams], { measure: 'delivered', basis: 'gross' });
    expect(rows.map((row) => [row.stream, shown(row.gives)?.[1]])).toEqual([
      ['pledge/november', 44],
      ['pledge/nasams', 406],
    ]);
  });

  it('over the envelope is a finding of the envelope', () => {
    const parts = [300, 250].map((sum, at) => part(`pledge/part-${at}`, sum, [draw('delivered', '2024', cad(sum))]));
    expect(oddDraws('pledge/november', [november, ...parts], 'delivered')).toEqual([
      ['draws-over-promise', 'pledge/november', '/delivered', 50],
    ]);
  });

  it('of which only some is the other’s, or of two promises whose split is not told, adds to high alone', () => {
    const some = part('pledge/some', 400, [draw('delivered', '2024', cad(90))], {
      links: [link('draws-on', 'pledge/november', cad(100))],
    });
    expect(through([november, some])[0]).toEqual([0, 0, 90]);
    const budget = promise('pledge/budget', cad(900));
    const both = part('pledge/both', 400, [draw('delivered', '2024', cad(90))], {
      links: [link('draws-on', 'pledge/november'), link('draws-on', 'pledge/budget')],
    });
    expect(through([november, budget, both])[0]).toEqual([0, 0, 90]);
    const nested = { ...budget, links: [link('part-of', 'pledge/november')] };
    expect(through([november, nested, both])[0]).toEqual(exactly(90));
  });

  it('goes by the line that the link names', () => {
    const lines = [line('arms', cad(300)), line('food', cad(100))];
    const drawn = (id: string | null): unknown =>
      through([
        november,
        part('pledge/lined', 400, [draw('delivered', '2024', cad(50), { line: id })], {
          lines,
          links: [link('draws-on', 'pledge/november', null, { line: 'arms' })],
        }),
      ])[0];
    expect([drawn('arms'), drawn('food'), drawn(null)]).toEqual([exactly(50), undefined, [0, 0, 50]]);
  });

  it('in a circle comes back once', () => {
    const bb = part('pledge/bb', 100, [draw('delivered', '2024', cad(10))]);
    const circle = { ...november, links: [link('part-of', 'pledge/bb')] };
    expect(through([circle, bb])[0]).toEqual(exactly(10));
    const drawn = { ...circle, draws: [draw('delivered', '2024', cad(5), { pledge: 'pledge/november' })] };
    expect(shown(levelIn('pledge/bb', [drawn, bb], 'delivered'))).toEqual(exactly(10));
  });

  it('through two ways counts once', () => {
    const aa = part('pledge/aa', 200, []);
    const cc = part('pledge/cc', 100, [draw('delivered', '2024', cad(30))], {
      links: [link('part-of', 'pledge/november'), link('part-of', 'pledge/aa')],
    });
    expect(through([november, aa, cc])[0]).toEqual(exactly(30));
  });

  it('by either telling of a promise that was told twice', () => {
    const again = promise('pledge/again', cad(500), {
      opening: announced(3),
      links: [link('same-as', 'pledge/november')],
      draws: [draw('delivered', '2024', cad(20), { pledge: 'pledge/again' })],
    });
    for (const name of ['pledge/november', 'pledge/again'])
      expect(shown(levelIn(name, [november, again], 'delivered'))).toEqual(exactly(20));
    const rows = explain([november, again], { measure: 'delivered', basis: 'gross' });
    expect(rows.map(({ stream }) => stream)).toEqual(['pledge/november']);
  });
});

describe('what should come to nothing more', () => {
  it('a draw after what completes it is a finding', () => {
    const more = draw('delivered', '2025-01', cad(1));
    const draws = [draw('delivered', '2024-11', cad(400), { completes: true }), more];
    expect(stageOf('pledge/p', drawnOn(draws), 'delivered').completedBy).toBe(draws[0]?.event);
    expect(oddDraws('pledge/p', drawnOn(draws), 'delivered')).toEqual([
      ['draw-after-completion', more.event, '/occurred', null],
    ]);
  });
});
