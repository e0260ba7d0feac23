import { describe, expect, it } from '@jest/globals';
import { cad, line, promise, usd } from './example-promises.js';
import { rivalResiduals } from './rival-residuals.js';

describe('residuals by citation (M9)', () => {
  const lines = [200, 100, 50, 30, 64].map((sum, at) =>
    line(`line-${at}`, cad(sum), { event: at < 3 ? 'pledge/p@1' : 'pledge/p@2' }),
  );
  const outlet = (says: Record<string, unknown>) => ({
    publisher: 'Outlet',
    title: 'A report',
    says: says as Record<string, never>,
  });
  const residuals = (first: Record<string, unknown>, second: Record<string, unknown> = {}): unknown[] =>
    rivalResiduals(
      promise('pledge/p', cad(440), {
        lines,
        tellings: [
          { event: 'pledge/p@1', citations: [{ publisher: 'Ministry', title: 'A release' }, outlet(first)] },
          { event: 'pledge/p@2', citations: [outlet(second)] },
        ],
      }),
    ).map((one) => [one.publisher, one.events, Number(one.residual?.stated) / 1e9]);

  it('one outlet leaves out the 50: by its citation 46 are left', () => {
    expect(residuals({ '/lines/line-2': null })).toEqual([['Outlet', ['pledge/p@1'], 46]]);
  });

  it('what one source says of several events is one breakdown', () => {
    expect(residuals({ '/lines/line-2': null }, { '/lines/line-4': null })).toEqual([
      ['Outlet', ['pledge/p@1', 'pledge/p@2'], 110],
    ]);
  });

  it('takes a line that only the source names, and its other figures', () => {
    expect(residuals({ '/lines/-': { label: 'boots', money: cad(10) } })).toEqual([['Outlet', ['pledge/p@1'], -14]]);
    expect(residuals({ '/lines/line-0/money/amount': '190000000', '/money': cad(450) })).toEqual([
      ['Outlet', ['pledge/p@1'], 16],
    ]);
  });

  describe('in another currency', () => {
    const tied = { ...cad(200), reported_as: [{ amount: '140000000', currency: 'USD' }] };
    const told = (money: Record<string, unknown>, own = lines): unknown =>
      rivalResiduals(
        promise('pledge/p', cad(440), {
          lines: own,
          tellings: [{ event: 'pledge/p@1', citations: [outlet({ '/money': money })] }],
        }),
      )[0];

    it('has no residual where no line is tied to its figure, and says so', () => {
      expect(told(usd(1450))).toMatchObject({
        currency: 'USD',
        itemized: null,
        residual: null,
        because: 'no-source-ties-the-currencies',
        untied: lines.map(({ id }) => id),
      });
    });

    it('is told in its currency where a line is, with the lines that are left out', () => {
      const some = [line('line-0', tied, { event: 'pledge/p@1' }), ...lines.slice(1)];
      expect(told(usd(300), some)).toMatchObject({
        currency: 'USD',
        itemized: { low: 140_000_000_000n, stated: 140_000_000_000n, high: null },
        residual: { low: null, stated: 160_000_000_000n, high: 160_000_000_000n },
        because: null,
        untied: ['line-1', 'line-2', 'line-3', 'line-4'],
      });
    });

    it('has none where its currency is not printed, or no line has a figure', () => {
      expect(told({ ...cad(450), currency: null })).toMatchObject({ currency: null, because: 'unstated-currency' });
      const bare = [line('line-0', null, { event: 'pledge/p@1' })];
      expect(told(cad(450), bare)).toMatchObject({ currency: 'CAD', because: 'no-line-with-a-figure', untied: [] });
    });
  });

  it('a source that says nothing else of the figures has none', () => {
    expect(residuals({ '/occurred': '2025-01-08', '/lines/line-0/label': 'arms' })).toEqual([]);
  });
});
