import { describe, expect, it } from '@jest/globals';
import { cad, line, promise } from './example-promises.js';
import { rivalResiduals } from './rival-residuals.js';

describe('residuals by citation (M9)', () => {
  const lines = [200, 100, 50, 30, 64].map((sum, at) => line(`line-${at}`, cad(sum), { event: 'pledge/p@1' }));
  const toldBy = (says: Record<string, never>) =>
    promise('pledge/p', cad(440), {
      lines,
      tellings: [{ event: 'pledge/p@1', citations: [{ publisher: 'Ministry' }, { publisher: 'Outlet', says }] }],
    });
  const residuals = (says: Record<string, unknown>): unknown[] =>
    rivalResiduals(toldBy(says as Record<string, never>)).map((one) => [one.event, Number(one.residual.stated) / 1e9]);

  it('one outlet leaves out the 50: by its citation 46 are left', () => {
    expect(residuals({ '/lines/line-2': null })).toEqual([['pledge/p@1', 46]]);
  });

  it('takes a line that only the source names, and its other figures', () => {
    expect(residuals({ '/lines/-': { label: 'boots', money: cad(10) } })).toEqual([['pledge/p@1', -14]]);
    expect(residuals({ '/lines/line-0/money/amount': '190000000', '/money': cad(450) })).toEqual([['pledge/p@1', 16]]);
  });

  it('a source that says nothing else of the money has none', () => {
    expect(residuals({ '/occurred': '2025-01-08' })).toEqual([]);
  });
});
