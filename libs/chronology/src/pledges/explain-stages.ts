import type { Draw } from '../draws/draw.js';
import type { Joined } from './explain-joined.js';
import { everyDraw, figureIn, levelOf, scopeOf, type Counted, type Level, type Scope } from './explain-levels.js';
import { minus, total, type Sum } from './explain-sums.js';

/** How far a stage of a promise has come, in one currency. */
export interface StageLevel extends Level {
  readonly currency: string;
  /** Whether it is the currency of the face, which draws in others are taken into where a source ties them. */
  readonly isOfFace: boolean;
  readonly scope: Scope;
  /** What of it was told on the promise itself, and counts for it. */
  readonly directly: Sum;
  /** What of it was told on its parts, and counts for them. */
  readonly through: Sum;
}

/** The nearest scopes below that are parts. */
const partsIn = (scope: Scope): Scope[] =>
  scope.children.flatMap((child) => (child.part === null ? partsIn(child) : [child]));

/** What counts for a scope itself once what its children come to is counted for them. */
export function ownShare(scope: Scope, currency: string): Sum {
  const level = levelOf(scope, currency);
  if (!level.cumulative) return levelOf({ ...scope, children: [] }, currency).sum;
  return minus(level.sum, total(scope.children.map((child) => levelOf(child, currency).sum)));
}

/** What is told on the promise itself, by its lines, once what its parts come to is counted for them. */
const ownShares = (scope: Scope, currency: string): Sum =>
  total([
    ownShare(scope, currency),
    ...scope.children.filter(({ part }) => part === null).map((child) => ownShares(child, currency)),
  ]);

function stageLevel(scope: Scope, currency: string, isOfFace: boolean): StageLevel {
  const level = levelOf(scope, currency);
  const parts = partsIn(scope);
  const through = total(parts.map((part) => levelOf(part, currency).sum));
  const directly = parts.length > 0 ? ownShares(scope, currency) : level.sum;
  return { ...level, currency, isOfFace, scope, directly, through };
}

/**
 * The levels of a stage: in the face's currency, with the draws in others that a source ties to it, then each other
 * currency by itself (rule M10); none where nothing was drawn.
 *
 * @param scope everything drawn on the promise at the stage
 */
export function stageLevels({ canonical }: Joined, scope: Scope): StageLevel[] {
  const draws = everyDraw(scope);
  if (draws.length === 0) return [];
  const face = canonical.money?.currency ?? null;
  const isTied = ({ draw }: Counted): boolean => face !== null && figureIn(draw, face) !== null;
  const others = [...new Set(draws.filter((one) => !isTied(one)).map(({ draw }) => draw.money?.currency))]
    .filter((currency) => typeof currency === 'string')
    .sort();
  const isOf = (counted: Counted, currency: string): boolean =>
    counted.draw.money ? counted.draw.money.currency === currency && !isTied(counted) : face === null;
  return [
    ...(face === null ? [] : [stageLevel(scope, face, true)]),
    ...others.map((currency) =>
      stageLevel(
        scopeOf(scope, (counted) => isOf(counted, currency)),
        currency,
        false,
      ),
    ),
  ];
}

/** The level of a line, with the lines and parts within it; `null` where nothing was drawn on it. */
export function lineScope(scope: Scope, line: string): Scope | null {
  for (const child of scope.children.filter(({ part }) => part === null)) {
    const found = child.line === line ? child : lineScope(child, line);
    if (found) return found;
  }
  return null;
}

/** The event that says that nothing is left to come at a stage, of all of the promise. */
export const completedBy = (scope: Scope): Draw | null =>
  scope.draws.map(({ draw }) => draw).find((draw) => draw.completes) ?? null;
