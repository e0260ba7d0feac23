import type { Day } from '#libs/contracts';
import type { Draw } from '../draws/draw.js';
import { NOTHING, sumIn, total, UNSTATED, type Sum } from './explain-sums.js';

/** A draw as it counts towards a scope. */
export interface Counted {
  readonly draw: Draw;
  /** Whether all of it is the scope's; of a part whose split is not told, it may be. */
  readonly isSure: boolean;
}

/** What draws are of: a promise, one of its lines, a part that was told by itself; each with what lies within. */
export interface Scope {
  /** The line, in a scope that is one. */
  readonly line: string | null;
  /** The promise through which it is drawn, in a scope that is a part. */
  readonly part: string | null;
  /** Told for exactly this, and for nothing within. */
  readonly draws: readonly Counted[];
  readonly children: readonly Scope[];
}

/** Why a draw adds nothing, or nothing that is certain. */
export type NotAdded =
  | 'no-figure'
  | 'unstated-currency'
  | 'no-source-ties-the-currencies'
  | 'within-cumulative'
  | 'straddles'
  | 'another-figure-counts'
  | 'split-not-told';

/** What one draw adds to a level. */
export interface Added {
  readonly draw: Draw;
  readonly adds: Sum;
  readonly because: NotAdded | null;
}

/** How far a stage has come in one currency (rule M11): the sum of what each draw adds. */
export interface Level {
  readonly sum: Sum;
  readonly added: readonly Added[];
  /** The cumulative figure that reaches furthest; what lies before it is in it. */
  readonly cumulative: Draw | null;
}

/** A draw's money in a currency; `null` where no source tells it so. */
export const figureIn = ({ money, conversions }: Draw, currency: string): Sum | null =>
  money && sumIn(money, currency, conversions);

const highAlone = (sum: Sum): Sum => ({ ...NOTHING, high: sum.high, inexact: sum.inexact });

function untold({ money }: Draw): NotAdded {
  if (!money) return 'no-figure';
  return money.currency === null ? 'unstated-currency' : 'no-source-ties-the-currencies';
}

/** What a draw adds where nothing cumulative speaks of it. */
function alone({ draw, isSure }: Counted, currency: string): Added {
  const figure = figureIn(draw, currency);
  if (!figure) return { draw, adds: UNSTATED, because: untold(draw) };
  return isSure ? { draw, adds: figure, because: null } : { draw, adds: highAlone(figure), because: 'split-not-told' };
}

/** What a draw adds to a cumulative figure that reaches to a day: what comes after it. */
function beyond(counted: Counted, reach: Day, currency: string): Added {
  const { draw } = counted;
  if (draw.last <= reach) return { draw, adds: NOTHING, because: 'within-cumulative' };
  const own = alone(counted, currency);
  if (draw.countsAs === 'increment' && draw.first !== null && draw.first > reach) return own;
  return { draw, adds: highAlone(own.adds), because: own.because ?? 'straddles' };
}

/** Of several cumulative figures the one that reaches furthest; for one day the official one, else the later known. */
function reachesFurther(a: Draw, b: Draw): number {
  if (a.last !== b.last) return a.last > b.last ? -1 : 1;
  if (a.isOfficial !== b.isOfficial) return a.isOfficial ? -1 : 1;
  if (a.knownSince !== b.knownSince) return a.knownSince > b.knownSince ? -1 : 1;
  return b.position - a.position || (a.key < b.key ? -1 : 1);
}

/** The draws of a scope and of all within it. */
export const everyDraw = (scope: Scope): Counted[] => [...scope.draws, ...scope.children.flatMap(everyDraw)];

/** How far a stage has come in a scope, in one currency, and what each draw within it adds to that. */
export function levelOf(scope: Scope, currency: string): Level {
  const [furthest = null] = scope.draws
    .filter(({ draw, isSure }) => isSure && draw.countsAs === 'cumulative' && figureIn(draw, currency) !== null)
    .map(({ draw }) => draw)
    .sort(reachesFurther);
  const added = furthest
    ? everyDraw(scope).map((counted) => {
        if (counted.draw === furthest) return alone(counted, currency);
        const own = beyond(counted, furthest.last, currency);
        const isRival = counted.draw.countsAs === 'cumulative' && counted.draw.last === furthest.last;
        return isRival && scope.draws.includes(counted) ? { ...own, because: 'another-figure-counts' as const } : own;
      })
    : [
        ...scope.draws.map((counted) => alone(counted, currency)),
        ...scope.children.flatMap((child) => levelOf(child, currency).added),
      ];
  return { sum: total(added.map(({ adds }) => adds)), added, cumulative: furthest };
}

/** A scope with only some of the draws within it. */
export function scopeOf(scope: Scope, keep: (counted: Counted) => boolean): Scope {
  return {
    ...scope,
    draws: scope.draws.filter(keep),
    children: scope.children.map((child) => scopeOf(child, keep)),
  };
}
