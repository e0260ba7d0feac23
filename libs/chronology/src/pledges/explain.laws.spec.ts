import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Money } from '#libs/contracts';
import type { Cell, ExplainRow, Question } from './explain-row.js';
import { explain } from './explain.js';
import { announced, line, link, promise } from './example-promises.js';
import { clipped, minus, plus, printed, total, type Sum } from './explain-sums.js';
import type { PromiseLine, PromiseLink, PromiseState } from './promise.js';

const runs = { numRuns: Number(process.env['LAW_RUNS'] ?? 500) };

const GROSS: Question = { measure: 'announced', basis: 'gross' };
const NEW: Question = { measure: 'announced', basis: 'new' };
const ITEMIZED: Question = { measure: 'itemized', basis: 'gross' };

const NAMES = ['aa', 'bb', 'cc', 'dd', 'ee'].map((name) => `pledge/${name}`);
const LINES = ['l1', 'l2', 'l3'];
const CATEGORIES = ['military', 'military/drones', 'financial', 'energy'];
const INSTRUMENTS = ['grant', 'loan', 'guarantee', 'mixed'];

const money: fc.Arbitrary<Money> = fc.record({
  amount: fc.integer({ min: 0, max: 40 }).map(String),
  currency: fc.constantFrom('CAD', 'CAD', 'CAD', 'USD', null),
  qualifier: fc.constantFrom('exact', 'exact', 'approximate', 'up-to', 'at-least'),
});
const maybeMoney = fc.option(money, { freq: 4 });

const lines: fc.Arbitrary<PromiseLine[]> = fc.uniqueArray(
  fc
    .record({
      id: fc.constantFrom(...LINES),
      money: maybeMoney,
      category: fc.constantFrom(...CATEGORIES),
      instrument: fc.option(fc.constantFrom(...INSTRUMENTS)),
      within: fc.option(fc.constantFrom(...LINES), { freq: 1 }),
    })
    .map(({ id, money, ...more }) => line(id, money, more)),
  { selector: (one) => one.id },
);

const links: fc.Arbitrary<PromiseLink[]> = fc.array(
  fc
    .record({
      relation: fc.constantFrom('part-of', 'draws-on', 'share-of', 'same-as', 'distinct-from'),
      target: fc.constantFrom(...NAMES, 'pledge/nowhere'),
      money: maybeMoney,
      line: fc.option(fc.constantFrom(...LINES), { freq: 1 }),
    })
    .map(({ relation, target, money, line }) =>
      link(relation, target, relation === 'same-as' ? null : money, { line }),
    ),
  { maxLength: 3 },
);

const promises: fc.Arbitrary<PromiseState[]> = fc
  .tuple(
    ...NAMES.map((name) =>
      fc
        .record({
          money: maybeMoney,
          opening: fc.option(fc.integer({ min: 1, max: 9 }).map(announced), { freq: 9 }),
          donors: fc.subarray(['state:ca', 'state:us'], { minLength: 1 }),
          scope: fc.constantFrom('whole', 'whole', 'whole', 'wider'),
          category: fc.constantFrom(...CATEGORIES),
          instrument: fc.constantFrom(...INSTRUMENTS),
          lines,
          links,
        })
        .map(({ money, opening, ...more }) => promise(name, opening && money, { opening, ...more })),
    ),
  )
  .chain((all) => fc.shuffledSubarray(all, { minLength: 1 }));

/** What each promise gives, as its rows say of the whole. */
function wholes(rows: readonly ExplainRow[]): Map<string, Sum> {
  return new Map(rows.map((row) => [`${row.stream} ${row.cell.currency ?? ''}`, row.whole]));
}

function statedBy(rows: readonly ExplainRow[], split: keyof Cell): Map<string, bigint> {
  const sums = new Map<string, bigint>();
  for (const { cell, gives } of rows) {
    const key = `${cell.currency ?? ''} ${cell[split] ?? ''}`;
    sums.set(key, (sums.get(key) ?? 0n) + gives.stated);
  }
  return sums;
}

const sum = (values: Iterable<bigint>): bigint => [...values].reduce((a, b) => a + b, 0n);
const text = (value: unknown): string =>
  JSON.stringify(value, (_key, one: unknown) => (typeof one === 'bigint' ? `${one}` : one));

describe('explain rows of random promises', () => {
  it('their stated figures sum to what the whole promises give, by every split', () => {
    fc.assert(
      fc.property(promises, fc.constantFrom(GROSS, NEW, ITEMIZED), (all, question) => {
        const rows = explain(all, question);
        for (const { stream } of all) {
          const own = rows.filter((row) => row.stream === stream && row.listed === null);
          const expected = sum([...wholes(own).values()].map((one) => one.stated));
          for (const split of ['donor', 'category', 'instrument', 'currency'] as const)
            expect(sum(statedBy(own, split).values())).toBe(expected);
        }
      }),
      runs,
    );
  });

  it('what a promise without links gives is its face, and its lines and residual make it up', () => {
    fc.assert(
      fc.property(promises, (all) => {
        const alone = all.map((one) => ({ ...one, links: [], donors: ['state:ca'], scope: 'whole' as const }));
        for (const one of alone.filter((each) => each.opening && each.money?.currency)) {
          const rows = explain(alone, NEW).filter((row) => row.stream === one.stream && row.listed === null);
          const face = printed(one.money as Money);
          expect(rows[0]?.whole).toEqual(face);
          expect(sum(rows.map((row) => row.gives.stated))).toBe(face.stated);
        }
      }),
      runs,
    );
  });

  it('new is never more than gross, on any bound', () => {
    fc.assert(
      fc.property(promises, (all) => {
        const gross = wholes(explain(all, GROSS));
        for (const [key, asNew] of wholes(explain(all, NEW))) {
          const inFull = gross.get(key);
          if (!inFull) throw new Error(`no gross of ${key}`);
          expect(asNew.stated <= inFull.stated).toBe(true);
          expect((asNew.low ?? 0n) <= (inFull.low ?? 0n)).toBe(true);
          expect(inFull.high === null || (asNew.high !== null && asNew.high <= inFull.high)).toBe(true);
        }
      }),
      runs,
    );
  });

  it('the order in which promises come in changes nothing', () => {
    fc.assert(
      fc.property(
        promises,
        fc.constantFrom(GROSS, NEW, ITEMIZED),
        fc.infiniteStream(fc.nat()),
        (all, question, order) => {
          const shuffled = all
            .map((one) => ({ one, at: order.next().value as number }))
            .sort((a, b) => a.at - b.at)
            .map(({ one }) => one);
          expect(text(explain(shuffled, question))).toBe(text(explain(all, question)));
        },
      ),
      runs,
    );
  });

  it('money is never lost in links: where anything is announced with a figure, something counts as new', () => {
    fc.assert(
      fc.property(promises, (all) => {
        const plain = all.map((one) => ({
          ...one,
          scope: 'whole' as const,
          donors: ['state:ca'],
        }));
        const cad = plain.map((one) => ({
          ...one,
          money: one.opening && { amount: '10', currency: 'CAD', qualifier: 'exact' as const },
          lines: [],
        }));
        const counted = explain(cad, NEW).filter((row) => row.listed === null);
        if (counted.length > 0) expect(sum(counted.map((row) => row.gives.stated)) > 0n).toBe(true);
      }),
      runs,
    );
  });
});

describe('sums', () => {
  const aSum = money.map(printed);

  it('add and take off in any order, and are never below 0 once clipped', () => {
    fc.assert(
      fc.property(aSum, aSum, aSum, (a, b, c) => {
        expect(plus(a, plus(b, c))).toEqual(total([a, b, c]));
        expect(minus(minus(a, b), c)).toEqual(minus(a, plus(b, c)));
        const left = clipped(minus(a, b));
        expect(left.stated >= 0n && (left.low ?? -1n) >= 0n).toBe(true);
        expect(left.high === null || left.high >= (left.low ?? 0n)).toBe(true);
      }),
      runs,
    );
  });
});
