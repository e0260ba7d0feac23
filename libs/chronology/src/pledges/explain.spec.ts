import { describe, expect, it } from '@jest/globals';
import { explain } from './explain.js';
import { announced, cad, line, link, promise, usd } from './example-promises.js';
import { GROSS, NEW, ITEMIZED, shown, exactly, whole, cells, findings } from './example-rows.js';

describe('a promise of its own', () => {
  const g7 = promise('pledge/g7', cad(2000));

  it('counts its face, gross and new (M1)', () => {
    expect([whole('pledge/g7', [g7], GROSS), whole('pledge/g7', [g7], NEW)]).toEqual([exactly(2000), exactly(2000)]);
    expect(explain([g7], GROSS)[0]).toMatchObject({ part: 'whole', rules: ['M1'], takenOff: [] });
    expect(explain([g7], ITEMIZED)).toEqual([]);
  });

  it('is broken down by its lines, with what no line tells as a row of its own (M9)', () => {
    const byThePress = [
      line('equipment', cad(835), { category: 'military/mixed' }),
      line(
        'us-arms',
        { ...cad(680, 'approximate'), reported_as: [{ amount: '500000000', currency: 'USD' }] },
        { category: 'military/procurement-pool' },
      ),
      line('drones', cad(220), { category: 'military/drones' }),
    ];
    const itemized = promise('pledge/g7', cad(2000), { lines: byThePress });
    expect(cells(explain([itemized], GROSS))).toEqual([
      ['equipment', 'military/mixed', 'grant', 835],
      ['us-arms', 'military/procurement-pool', 'grant', 680],
      ['drones', 'military/drones', 'grant', 220],
      ['residual', 'military', 'grant', 265],
    ]);
    expect(explain([itemized], GROSS).every((row) => row.cell.currency === 'CAD')).toBe(true);
    expect(whole('pledge/g7', [itemized], ITEMIZED)).toEqual(exactly(1735));
  });

  it('has a residual of 0 by the official list', () => {
    const lines = [835, 680, 220, 165, 100].map((sum, at) => line(`l${at}`, cad(sum)));
    const rows = explain([promise('pledge/g7', cad(2000), { lines })], GROSS);
    expect(shown(rows.at(-1)?.gives)).toEqual(exactly(0));
    expect(rows.at(-1)?.part).toBe('residual');
  });

  it('shows lines over the total as a residual below 0 and a finding, never clipped', () => {
    const lines = [200, 100, 50, 30, 64].map((sum, at) => line(`l${at}`, cad(sum)));
    const promises = [promise('pledge/p', cad(440), { lines })];
    expect(shown(explain(promises, GROSS).at(-1)?.gives)).toEqual(exactly(-4));
    expect(whole('pledge/p', promises, GROSS)).toEqual(exactly(440));
    expect(findings('pledge/p', promises)).toEqual([['residual-below-zero:pledge/p:/lines', -4]]);
  });

  it('goes by the most specific line', () => {
    const lines = [
      line('arms', cad(100)),
      line('guns', cad(60), { within: 'arms' }),
      line('shells', cad(30), { within: 'arms' }),
    ];
    const rows = explain([promise('pledge/p', cad(150), { lines })], GROSS);
    expect(rows.map((row) => [row.line, shown(row.gives)?.[1]])).toEqual([
      ['arms', 10],
      ['guns', 60],
      ['shells', 30],
      [null, 50],
    ]);
  });

  it('keeps its lines when they stand within each other in a circle', () => {
    const lines = [line('aa', cad(10), { within: 'bb' }), line('bb', cad(20), { within: 'aa' })];
    expect(whole('pledge/p', [promise('pledge/p', cad(50), { lines })], ITEMIZED)).toEqual(exactly(30));
  });
});

describe('bounds (M7)', () => {
  it('at-least has no upper bound: humanitarian and resilience money of over 31', () => {
    expect(whole('pledge/h', [promise('pledge/h', cad(31, 'at-least'))], NEW)).toEqual([31, 31, null]);
  });

  it('a promise without a figure is listed, and has no upper bound', () => {
    const [row] = explain([promise('pledge/p', null)], GROSS);
    expect([row?.listed, row?.cell.currency, shown(row?.gives)]).toEqual(['unstated', null, [0, 0, null]]);
  });

  it('a promise whose announcement is not known yet is unstated, and its lines are itemized all the same', () => {
    const promises = [
      promise('pledge/p', null, { opening: null, donors: [], category: null, lines: [line('aa', cad(7))] }),
    ];
    expect(explain(promises, GROSS)[0]).toMatchObject({ listed: 'unstated', cell: { donor: 'unattributed' } });
    expect(whole('pledge/p', promises, ITEMIZED)).toEqual(exactly(7));
  });

  it('what is taken off is taken crosswise', () => {
    const promises = [
      promise('pledge/q', cad(500)),
      promise('pledge/p', cad(100, 'up-to'), {
        opening: announced(2),
        links: [link('part-of', 'pledge/q', cad(30, 'up-to'))],
      }),
    ];
    expect(whole('pledge/p', promises, NEW)).toEqual([0, 70, 100]);
  });
});

describe('instruments (M8)', () => {
  it('ceilings of guarantees and of debt service over the total: 2.5 bn of December 2025', () => {
    const lines = [
      line('world-bank', cad(1300, 'up-to'), { instrument: 'guarantee', category: 'financial/reconstruction' }),
      line('ebrd', cad(322, 'up-to'), { instrument: 'guarantee', category: 'energy/supply' }),
      line('debt', cad(1500, 'up-to'), { instrument: 'debt-relief', category: 'financial/debt-service' }),
    ];
    const promises = [promise('pledge/p', cad(2500), { instrument: 'mixed', category: 'financial', lines })];
    const rows = explain(promises, NEW);
    const column = (instrument: string): unknown => {
      const own = rows.filter((row) => row.cell.instrument === instrument).map((row) => shown(row.gives) as number[]);
      return own.reduce((a, b) => a.map((value, at) => value + (b[at] ?? 0)));
    };
    expect(column('guarantee')).toEqual([0, 1622, 1622]);
    expect(column('debt-relief')).toEqual([0, 1500, 1500]);
    expect(column('mixed')).toEqual([-622, -622, 2500]);
    expect([whole('pledge/p', promises, GROSS), whole('pledge/p', promises, NEW)]).toEqual([
      exactly(2500),
      exactly(2500),
    ]);
    expect(findings('pledge/p', promises)).toEqual([['residual-below-zero:pledge/p:/lines', -622]]);
  });
});

describe('currencies (M10)', () => {
  it('a line in another currency counts by its printed conversion, and else is listed', () => {
    const lines = [
      line('purl', { ...usd(500), reported_as: [{ amount: '680000000', currency: 'CAD' }] }),
      line('other', usd(70)),
    ];
    const rows = explain([promise('pledge/p', cad(2000), { lines })], GROSS);
    expect(rows.map((row) => [row.line, row.cell.currency, shown(row.gives)?.[1], row.listed])).toEqual([
      ['purl', 'CAD', 680, null],
      [null, 'CAD', 1320, null],
      ['other', 'USD', 0, 'no-source-ties-the-currencies'],
    ]);
  });

  it('money whose currency no source prints is listed, and in no sum', () => {
    const [row] = explain([promise('pledge/p', { ...cad(70), currency: null, as_printed: '$70 million' })], GROSS);
    expect([row?.listed, row?.cell.currency, shown(row?.told)?.[1], shown(row?.gives)?.[1]]).toEqual([
      'unstated-currency',
      null,
      70,
      0,
    ]);
  });
});
