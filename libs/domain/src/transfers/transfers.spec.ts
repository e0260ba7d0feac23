import { describe, it } from '@jest/globals';
import { accepted, given, refused } from '../../../../test/support/domain/given.js';
import { announced, delivered, disbursed, itemized, line, PLEDGE } from '../../../../test/support/domain/commands.js';

const TRANSFER = 'transfer/loans-of-august';

describe("a draw on a promise's own stream", () => {
  it('is of that promise, named or not, and of a line that stands there', () => {
    const history = [announced(), itemized([line('arms')])];
    given(...history)
      .when(disbursed([{}, { pledge: PLEDGE }, { line: 'arms' }]))
      .then(accepted({ version: 3 }));
  });

  it('of another promise is refused', () => {
    given(announced())
      .when(disbursed([{}, { pledge: 'pledge/another' }]))
      .then(refused('draw-other-pledge', '/draws/1/pledge'));
  });

  it('of a line that is not there is refused', () => {
    given(announced())
      .when(disbursed([{ line: 'arms' }]))
      .then(refused('line-unknown', '/draws/0/line'));
  });

  it('may be learnt before the promise', () => {
    given()
      .when(disbursed([{}], { slug: 'g7-package' }))
      .then(accepted({ version: 1 }));
  });

  it('after the whole was drawn, or more than was promised, is accepted: that is the world’s', () => {
    const money = { amount: '9000000000', currency: 'CAD', qualifier: 'exact' as const };
    given(announced(), disbursed([{ money }], { completes: true }))
      .when(delivered([{ handover: 'handed-over' }]))
      .then(accepted({ version: 3 }));
  });
});

describe('a draw on a stream of its own', () => {
  const own = { stream: TRANSFER };

  it('may name several promises, lines of them that are not known here, or none', () => {
    const draws = [{ pledge: 'pledge/one', line: 'x1' }, { pledge: 'pledge/two' }, {}];
    given()
      .when({ ...disbursed(draws, { slug: 'loans-of-august' }), ...own })
      .then(accepted({ version: 1 }));
  });

  it('of a line without its promise is refused', () => {
    given()
      .when({ ...disbursed([{ line: 'arms' }], { slug: 'loans-of-august' }), ...own })
      .then(refused('line-without-pledge', '/draws/0/line'));
  });

  it('takes no announcement', () => {
    given()
      .when({ ...announced({ slug: 'loans-of-august' }), ...own })
      .then(refused('wrong-context', 'type'));
  });
});
