import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Money } from '#libs/contracts';
import type { Cell, ExplainRow, Question } from './explain-row.js';
import { explain } from './explain.js';
import { STAGES, type Draw } from '../draws/draw.js';
import { drawsByPledge } from '../draws/load-draws.js';
import { movementsOf } from '../draws/explain-movements.js';
import { draw, stageOf } from './example-draws.js';
import { announced, line, link, promise } from './example-promises.js';
import { clipped, minus, plus, printed, total, type Sum } from './explain-sums.js';
import type { PromiseLine, PromiseLink, PromiseState } from './promise.js';

const runs = { numRuns: Number(process.env['LAW_RUNS'] ?? 500) };

const GROSS: Question = { measure: 'announced', basis: 'gross' };
const NEW: Question = { measure: 'announced', basis: 'new' };
const ITEMIZED: Question = { measure: 'itemized', basis: 'gross' };
const DRAWN: Question[] = STAGES.map((measure) => ({ measure, basis: 'gross' }));

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

const cancelled = fc.option(
  fc.constantFrom('2025-02-28', '2025-04-30').map((on) => ({ on, event: 'pledge/example@9' })),
  { freq: 1 },
);

const EVENTS = 12;

/** Draws of some events, some of which tell the same movement. */
const draws: fc.Arbitrary<Draw[]> = fc
  .array(
    fc
      .record({
        event: fc.nat({ max: EVENTS }).map((at) => `transfer/t-${at}@1`),
        pledge: fc.option(fc.constantFrom(...NAMES), { freq: 9 }),
        line: fc.option(fc.constantFrom(...LINES, 'none-such'), { freq: 1 }),
        money: maybeMoney,
        handover: fc.constantFrom('handed-over', 'handed-over', 'dispatched'),
        countsAs: fc.constantFrom('increment', 'increment', 'increment', 'cumulative'),
        side: fc.constantFrom('sent', 'received'),
        occurred: fc.constantFrom('2025-02', '2025-02-10', '2025-03-01', '2025', '../2025-04-01', '2025-05/..'),
        same: fc.option(fc.nat({ max: EVENTS }), { freq: 1 }),
        position: fc.nat({ max: 99 }),
      })
      .map(({ event, occurred, money, same, ...more }) => ({
        ...draw(STAGES[Number(/\d+/.exec(event)?.[0]) % STAGES.length] ?? 'repaid', occurred, money, {
          event,
          ...more,
        }),
        same,
      })),
    { maxLength: 14 },
  )
  .map((all) => {
    const numbered = all.map((one, at) => ({ ...one, key: String(at) }));
    const events = numbered.map(({ event, stage }) => ({ event, stream: event.split('@')[0] ?? '', stage }));
    const told = numbered.flatMap(({ event, same }) =>
      same === null ? [] : [{ event, targetStream: `transfer/t-${same}`, targetVersion: 1 }],
    );
    const movements = movementsOf([...new Map(events.map((one) => [one.event, one])).values()], told);
    return numbered.map(({ same: _same, ...one }) => ({ ...one, joined: movements.get(one.event) ?? [] }));
  });

const promises: fc.Arbitrary<PromiseState[]> = fc
  .tuple(
    draws,
    ...NAMES.map((name) =>
      fc
        .record({
          money: maybeMoney,
          opening: fc.option(fc.integer({ min: 1, max: 9 }).map(announced), { freq: 9 }),
          donors: fc.subarray(['state:ca', 'state:us'], { minLength: 1 }),
          scope: fc.constantFrom('whole', 'whole', 'whole', 'wider'),
          category: fc.constantFrom(...CATEGORIES),
          instrument: fc.constantFrom(...INSTRUMENTS),
          cancelled,
          lines,
          links,
        })
        .map(({ money, ...more }) => promise(name, money, more)),
    ),
  )
  .map(([drawn, ...all]) => {
    const byPledge = drawsByPledge(drawn);
    return all.map((one) => ({ ...one, draws: byPledge.get(one.stream) ?? [] }));
  })
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
      fc.property(promises, fc.constantFrom(GROSS, NEW, ITEMIZED, ...DRAWN), (all, question) => {
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
        const alone = all.map((one) => ({
          ...one,
          links: [],
          donors: ['state:ca'],
          scope: 'whole' as const,
          cancelled: null,
        }));
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
        fc.constantFrom(GROSS, NEW, ITEMIZED, ...DRAWN),
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
          cancelled: null,
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

describe('draws of random promises', () => {
  const cadOf = (all: PromiseState[]): PromiseState[] =>
    all.map((one) => ({
      ...one,
      opening: one.opening ?? announced(9),
      money: { amount: '500', currency: 'CAD', qualifier: 'exact' },
      draws: one.draws.map((each) => ({
        ...each,
        countsAs: 'increment',
        money: { amount: '7', currency: 'CAD', qualifier: 'exact' },
        joined: [each.event],
      })),
    }));

  it('each counts once: what all promises give at a stage is what all draws on them tell', () => {
    fc.assert(
      fc.property(promises, fc.constantFrom(...DRAWN), (all, question) => {
        const told = cadOf(all);
        const names = new Set(told.map(({ stream }) => stream));
        const counted = new Map(
          told
            .flatMap((one) => one.draws)
            .filter(({ stage }) => stage === question.measure)
            .filter(
              ({ pledge, handover }) =>
                names.has(pledge ?? '') && (question.measure !== 'delivered' || handover === 'handed-over'),
            )
            .map((each) => [`${each.event} ${each.key}`, each]),
        );
        const given = explain(told, question).map((row) => row.gives.stated);
        expect(sum(given)).toBe(BigInt(counted.size) * 7000n);
      }),
      runs,
    );
  });

  it('a level lies within its bounds, and what was told directly and through parts is all of it', () => {
    fc.assert(
      fc.property(promises, fc.constantFrom(...STAGES), (all, stage) => {
        for (const { stream } of all)
          for (const { sum: level, directly, through } of stageOf(stream, all, stage).levels) {
            expect((level.low ?? 0n) <= level.stated).toBe(true);
            expect(level.high === null || level.stated <= level.high).toBe(true);
            expect(directly.stated + through.stated).toBe(level.stated);
          }
      }),
      runs,
    );
  });

  it('told twice, on another stream and from the other side, changes no level', () => {
    fc.assert(
      fc.property(promises, fc.constantFrom(...STAGES), (all, stage) => {
        const again = all.map((one) => ({
          ...one,
          draws: one.draws.flatMap((each) => {
            const joined = [...each.joined, ...each.joined.map((event) => `${event}-again`)];
            const echo = { ...each, event: `${each.event}-again`, side: 'received' as const, position: 999, joined };
            return [{ ...each, side: 'sent' as const, joined }, echo];
          }),
        }));
        const sent = all.map((one) => ({
          ...one,
          draws: one.draws.map((each) => ({ ...each, side: 'sent' as const })),
        }));
        for (const { stream } of all)
          expect(stageOf(stream, again, stage).levels.map(({ sum: level }) => level)).toEqual(
            stageOf(stream, sent, stage).levels.map(({ sum: level }) => level),
          );
      }),
      runs,
    );
  });

  it('a cancelled promise takes no more off others than it still counts', () => {
    fc.assert(
      fc.property(promises, (all) => {
        const told = cadOf(all);
        const gross = wholes(explain(told, GROSS));
        const rows = explain(told, NEW);
        for (const { stream } of told.filter((one) => one.cancelled && one.scope === 'whole')) {
          const taken = new Map(
            rows.flatMap((row) =>
              row.takenOff
                .filter(({ rule, against, takes }) => rule === 'M2' && against === stream && takes !== null)
                .map((one) => [`${row.stream} ${text(one)}`, { row, takes: one.takes }] as const),
            ),
          );
          const amounts = [...taken.values()].map(({ row, takes }) =>
            takes === 'all' || takes === null ? (gross.get(`${row.stream} CAD`)?.stated ?? 0n) : takes.stated,
          );
          const counted = gross.get(`${stream} CAD`)?.stated ?? 0n;
          const isLined = told.some((one) => one.links.some((each) => each.target === stream && each.line !== null));
          if (!isLined && told.every(({ links }) => links.every(({ relation }) => relation !== 'same-as')))
            expect(sum(amounts) <= counted).toBe(true);
        }
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
