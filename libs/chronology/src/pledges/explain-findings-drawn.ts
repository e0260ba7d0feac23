import type { Draw, Stage } from '../draws/draw.js';
import { cancellationOf, isAfter } from './explain-cancelled.js';
import { odd, type MoneyFinding } from './explain-finding.js';
import type { Joined } from './explain-joined.js';
import { everyDraw, figureIn, levelOf, scopeOf, type Scope } from './explain-levels.js';
import { ownDraws, type OwnDraw } from './explain-own-draws.js';
import type { PartsByWhole } from './explain-passing.js';
import { scopeOfPromise } from './explain-scopes.js';
import { completedBy, stageLevels, type StageLevel } from './explain-stages.js';
import { canBeEqual, printed, sumIn, total, type Sum } from './explain-sums.js';

/** A scope and those within that are no parts: parts have findings of their own. */
const ownScopes = (scope: Scope): Scope[] => [
  scope,
  ...scope.children.filter(({ part }) => part === null).flatMap(ownScopes),
];

/** Increments, and figures of lines and parts, that a cumulative figure may speak of or not (rule M11). */
function straddling({ scope, currency }: StageLevel): MoneyFinding[] {
  const found = ownScopes(scope).flatMap((one) => {
    const { added, cumulative } = levelOf(one, currency);
    return cumulative ? added.filter(({ because }) => because === 'straddles') : [];
  });
  return [...new Set(found.map(({ draw }) => draw.event))].map((event) =>
    odd({ rule: 'straddles', by: 'M11', at: event, field: '/occurred', difference: null, events: [event] }),
  );
}

/** Figures that contradict the cumulative one: another for the same day, or more than it says for the days before. */
function contradicted({ scope, currency }: StageLevel): MoneyFinding[] {
  return ownScopes(scope).flatMap((one) => {
    const { cumulative, added } = levelOf(one, currency);
    const counts = cumulative && figureIn(cumulative, currency);
    if (!cumulative || !counts) return [];
    const rivals = added
      .filter(({ because }) => because === 'another-figure-counts')
      .map(({ draw }) => ({ draw, figure: figureIn(draw, currency) }))
      .filter(({ figure }) => figure && figure.stated !== counts.stated)
      .map(({ draw, figure }) =>
        odd({
          rule: 'rival-figure',
          by: 'M11',
          at: draw.event,
          field: '/draws',
          difference: (figure?.stated ?? 0n) - counts.stated,
          events: [cumulative.event, draw.event],
        }),
      );
    const isBefore = (draw: Draw): boolean => draw !== cumulative && draw.last <= cumulative.last;
    const isRival = (draw: Draw): boolean => draw.countsAs === 'cumulative' && draw.last === cumulative.last;
    const before = levelOf(
      scopeOf(one, ({ draw }) => isBefore(draw) && !isRival(draw)),
      currency,
    ).sum;
    if (counts.high === null || before.low === null || before.low <= counts.high) return rivals;
    const over = odd({
      rule: 'less-than-told-before',
      by: 'M11',
      at: cumulative.event,
      field: '/draws',
      difference: counts.stated - before.stated,
      events: [cumulative.event],
    });
    return [...rivals, over];
  });
}

function overBy(level: Sum, of: Sum): bigint | null {
  return of.high !== null && level.stated > of.stated ? level.stated - of.stated : null;
}

/** Draws over the line, the promise or the envelope (rule M13). */
function over({ canonical }: Joined, stage: Stage, { scope, sum, currency, isOfFace }: StageLevel): MoneyFinding[] {
  if (stage === 'repaid' || !isOfFace || !canonical.money) return [];
  const at = canonical.stream;
  const ofWhole = overBy(sum, printed(canonical.money));
  const ofLines = ownScopes(scope).flatMap((one) => {
    const money = canonical.lines.find(({ id }) => id === one.line)?.money;
    const told = money && sumIn(money, currency);
    const difference = told ? overBy(levelOf(one, currency).sum, told) : null;
    return difference === null
      ? []
      : [odd({ rule: 'draws-over-line', by: 'M13', at, field: `/lines/${one.line}/${stage}`, difference })];
  });
  return ofWhole === null
    ? ofLines
    : [odd({ rule: 'draws-over-promise', by: 'M13', at, field: `/${stage}`, difference: ofWhole }), ...ofLines];
}

const isOtherWord = ({ draw, leftOut }: OwnDraw): boolean =>
  leftOut !== null && leftOut !== 'not-handed-over' && !(draw.stage === 'delivered' && draw.handover !== 'handed-over');

/** Two words of one movement that cannot both be right (rule M12): other days, or other sums. */
function differing(counting: readonly Draw[], other: readonly Draw[]): MoneyFinding[] {
  const [a, b] = [counting[0], other[0]];
  if (!a || !b) return [];
  const rule = a.side === b.side ? 'tellings-differ' : 'sides-differ';
  const told = { rule, by: 'M12', at: b.event, events: [a.event, b.event] } as const;
  const isApart = b.last < (a.first ?? '') || a.last < (b.first ?? '');
  const found = isApart ? [odd({ ...told, field: '/occurred', difference: null })] : [];
  const currencies = [...new Set([...counting, ...other].flatMap(({ money }) => money?.currency ?? []))].sort();
  for (const currency of currencies) {
    const [mine, theirs] = [counting, other].map((draws) => draws.map((draw) => figureIn(draw, currency)));
    if (!mine?.every((sum) => sum !== null) || !theirs?.every((sum) => sum !== null)) continue;
    const [sent, received] = [total(mine), total(theirs)];
    if (canBeEqual(sent, received)) continue;
    return [...found, odd({ ...told, field: '/draws', difference: received.stated - sent.stated })];
  }
  return found;
}

/** The words of each movement beside the one that counts; where another names no promise, all that the two tell. */
function disagreeing({ members }: Joined, draws: readonly OwnDraw[]): MoneyFinding[] {
  const counting = draws.filter(({ leftOut }) => leftOut === null).map(({ draw }) => draw);
  const others = new Set(draws.filter(isOtherWord).map(({ draw }) => draw.event));
  return [...others].flatMap((event) => {
    const told = draws.flatMap(({ draw }) => (draw.event === event ? draw : []));
    const counts = counting.find(({ joined }) => joined.includes(event));
    if (!counts) return [];
    const named = told.filter(({ pledge }) => pledge !== null);
    if (named.length > 0)
      return differing(
        counting.filter((draw) => draw.event === counts.event),
        named,
      );
    const every = new Map(members.flatMap((one) => one.draws).map((draw) => [`${draw.event} ${draw.key}`, draw]));
    return differing(
      [...every.values()].filter((draw) => draw.event === counts.event),
      told,
    );
  });
}

/** Draws that came when nothing should have come any more. */
function late(joined: Joined, stage: Stage, scope: Scope): MoneyFinding[] {
  const cancelled = cancellationOf(joined);
  const complete = completedBy(scope);
  const own = ownScopes(scope).flatMap(({ draws }) => draws.map(({ draw }) => draw));
  const once = (draws: readonly Draw[]): string[] => [...new Set(draws.map(({ event }) => event))];
  const afterEnd = cancelled && stage !== 'repaid' ? once(own.filter((draw) => isAfter(draw, cancelled))) : [];
  const isBeyond = (draw: Draw): boolean =>
    complete !== null && draw.countsAs === 'increment' && draw.first !== null && draw.first > complete.last;
  return [
    ...afterEnd.map((event) =>
      odd({
        rule: 'draw-after-cancellation',
        by: 'M1',
        at: event,
        field: '/occurred',
        difference: null,
        events: [event, ...(cancelled ? [cancelled.event] : [])],
      }),
    ),
    ...once(own.filter(isBeyond)).map((event) =>
      odd({
        rule: 'draw-after-completion',
        by: 'M13',
        at: event,
        field: '/occurred',
        difference: null,
        events: [event, ...(complete ? [complete.event] : [])],
      }),
    ),
  ];
}

/** Draws on lines that the promise does not have; they count for the promise as a whole. */
function onUnknownLines({ canonical }: Joined, scope: Scope): MoneyFinding[] {
  const known = new Set(canonical.lines.map(({ id }) => id));
  const unknown = ownScopes(scope)
    .filter(({ line }) => line !== null && !known.has(line))
    .flatMap(everyDraw);
  return [...new Set(unknown.map(({ draw }) => draw.event))].map((event) =>
    odd({ rule: 'unresolved-line', by: 'M11', at: event, field: '/draws', difference: null, events: [event] }),
  );
}

/** What is odd about the draws on a promise at a stage. */
export function drawFindings(parts: PartsByWhole, joined: Joined, stage: Stage): MoneyFinding[] {
  const scope = scopeOfPromise(parts, joined, stage);
  const levels = stageLevels(joined, scope);
  const found = [
    ...levels.flatMap((level) => [...straddling(level), ...contradicted(level), ...over(joined, stage, level)]),
    ...disagreeing(joined, ownDraws(joined, stage)),
    ...late(joined, stage, scope),
    ...onUnknownLines(joined, scope),
  ];
  return [...new Map(found.map((one) => [one.id, one])).values()];
}
