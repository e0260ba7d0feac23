import { describe, expect, it } from '@jest/globals';
import { cumulative, draw, levelIn, oddDraws, stageOf } from './example-draws.js';
import { announced, cad, line, link, promise, usd } from './example-promises.js';
import { exactly, findings, GROSS, NEW, rowsOf, shown, whole } from './example-rows.js';
import type { PromiseState } from './promise.js';

const END = { on: '2023-12-31', event: 'pledge/p@9' };

const cancelled = (more: Partial<PromiseState> = {}): PromiseState =>
  promise('pledge/p', cad(500), { cancelled: END, ...more });

describe('a cancelled promise (M1)', () => {
  const draws = [
    draw('allocated', '2023-01', cad(400)),
    draw('disbursed', '2023-02', cad(90)),
    draw('delivered', '2023-06', cad(120)),
    draw('delivered', '2024-02-01', cad(30)),
  ];

  it('counts the larger of what had been disbursed and delivered, gross and new alike, and says why', () => {
    for (const question of [GROSS, NEW]) {
      expect(whole('pledge/p', [cancelled({ draws })], question)).toEqual(exactly(120));
      expect(rowsOf('pledge/p', [cancelled({ draws })], question)).toMatchObject([
        { part: 'whole', cancelledBy: END.event, rules: ['M1'] },
      ]);
    }
  });

  it('shows what came after its end, with a finding, and leaves nothing to come', () => {
    const promises = [cancelled({ draws })];
    expect(shown(levelIn('pledge/p', promises, 'delivered'))).toEqual(exactly(150));
    expect(oddDraws('pledge/p', promises, 'delivered')).toEqual([
      ['draw-after-cancellation', draws[3]?.event, '/occurred', null],
    ]);
    expect(stageOf('pledge/p', promises, 'delivered').levels[0]?.left).toBeNull();
  });

  it('counts nothing where nothing was drawn', () => {
    expect(whole('pledge/p', [cancelled()], GROSS)).toEqual(exactly(0));
    expect(whole('pledge/p', [cancelled({ money: null })], GROSS)).toEqual(exactly(0));
  });

  it('without a figure counts what was drawn, in its currency; what tells no figure leaves no bound above', () => {
    const bare = (one: (typeof draws)[number]): unknown =>
      whole('pledge/p', [cancelled({ money: null, draws: [one] })], GROSS);
    expect(bare(draw('delivered', '2023-06', cad(7)))).toEqual(exactly(7));
    expect(bare(draw('delivered', '2023-06'))).toEqual([0, 0, null]);
  });

  it('is given whole, whatever its lines, and its donor’s words are no finding', () => {
    const lines = [line('arms', cad(300)), line('food', cad(200))];
    const promises = [cancelled({ lines, draws, newness: 'new' })];
    expect(rowsOf('pledge/p', promises, GROSS)).toHaveLength(1);
    expect(findings('pledge/p', promises)).toEqual([]);
  });

  it('takes what is another’s off what it still counts', () => {
    const other = promise('pledge/other', cad(900));
    const part = cancelled({ opening: announced(2), draws, links: [link('draws-on', 'pledge/other', cad(100))] });
    expect(whole('pledge/p', [other, part], NEW)).toEqual(exactly(20));
  });

  it('is cancelled by either telling of it', () => {
    const all = [
      promise('pledge/first', cad(500)),
      cancelled({ opening: announced(2), links: [link('same-as', 'pledge/first')] }),
    ];
    expect(whole('pledge/first', all, GROSS)).toEqual(exactly(0));
  });
});

describe('links to a cancelled promise (M2)', () => {
  const linked = (name: string, day: number, sum: number, money = true): PromiseState =>
    promise(`pledge/${name}`, cad(sum), {
      opening: announced(day),
      links: [link('draws-on', 'pledge/p', money ? cad(sum) : null, { knownSince: `2025-01-0${day}`, position: day })],
    });
  const target = cancelled({ draws: [draw('disbursed', '2023-02', cad(100))] });
  const asNew = (all: PromiseState[]): unknown[] =>
    all.map(({ stream }) => (whole(stream, [...all, target], NEW) as number[])[1]);

  it('take off no more than it still counts, in the order in which they became known', () => {
    expect(asNew([linked('late', 5, 60), linked('early', 4, 70)])).toEqual([30, 0]);
    expect(asNew([linked('late', 5, 60, false), linked('early', 4, 70, false)])).toEqual([30, 0]);
    expect(whole('pledge/p', [target, linked('late', 5, 60)], NEW)).toEqual(exactly(100));
  });

  it('take off nothing where it counts nothing, and say so', () => {
    const rows = rowsOf('pledge/late', [cancelled(), linked('late', 5, 60)], NEW);
    expect(rows[0]).toMatchObject({ takenOff: [{ rule: 'M2', takes: null, because: 'target-cancelled' }] });
    expect(shown(rows[0]?.whole)).toEqual(exactly(60));
  });

  it('count what was drawn through a part as drawn on it: no money is lost, none counts twice', () => {
    const part = {
      ...linked('part', 4, 406, false),
      draws: [draw('delivered', '2023-06', cad(406), { pledge: 'pledge/part' })],
    };
    const all = [cancelled(), part];
    expect(whole('pledge/p', all, NEW)).toEqual(exactly(406));
    expect(whole('pledge/part', all, NEW)).toEqual(exactly(0));
  });

  it('in another currency take off what is left only where it is enough for all of it', () => {
    const inDollars = (sum: number): PromiseState =>
      promise(
        'pledge/usd',
        { ...usd(50), reported_as: [{ amount: `${sum}000000`, currency: 'CAD' }] },
        {
          opening: announced(4),
          links: [link('draws-on', 'pledge/p')],
        },
      );
    expect(asNew([inDollars(70)])).toEqual([0]);
    expect(asNew([inDollars(170)])).toEqual([50]);
  });
});

describe('a face that only an amendment tells', () => {
  it('counts, under no donor’s name, before its announcement is known', () => {
    const told = promise('pledge/p', cad(500), { opening: null, donors: [], category: null });
    expect(rowsOf('pledge/p', [told], GROSS)[0]).toMatchObject({ cell: { donor: 'unattributed', currency: 'CAD' } });
    expect(whole('pledge/p', [told], NEW)).toEqual(exactly(500));
  });
});

describe('a cumulative figure that is told after the end', () => {
  it('tells what had been drawn, and is no draw that came too late', () => {
    const promises = [cancelled({ draws: [cumulative('disbursed', '2024-03', cad(80))] })];
    expect(whole('pledge/p', promises, GROSS)).toEqual(exactly(80));
    expect(oddDraws('pledge/p', promises, 'disbursed')).toEqual([]);
  });
});
