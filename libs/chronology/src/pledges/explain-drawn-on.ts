import { STAGES, type Draw, type Stage } from '../draws/draw.js';
import { cancellationOf } from './explain-cancelled.js';
import type { Joined } from './explain-joined.js';
import { everyDraw, type NotAdded, type Scope } from './explain-levels.js';
import { ownDraws, type LeftOut } from './explain-own-draws.js';
import type { PartsByWhole } from './explain-passing.js';
import { scopeOfPromise } from './explain-scopes.js';
import { completedBy, stageLevels, type StageLevel } from './explain-stages.js';
import { minus, printed, type Sum } from './explain-sums.js';

/** A draw as the ledger of a promise lists it. */
export interface ListedDraw {
  readonly draw: Draw;
  /** The part on which it was told; `null`: the promise itself. */
  readonly through: string | null;
  /** What it adds to the level of its stage, and in which currency; `null`: nothing that can be added. */
  readonly adds: { readonly currency: string; readonly sum: Sum } | null;
  readonly because: NotAdded | LeftOut | null;
}

/** What was drawn on a promise at one stage. */
export interface StageDrawn {
  readonly stage: Stage;
  readonly levels: readonly (StageLevel & {
    /** The face less the level, never clipped; `null` where there is no face in this currency, or it was cancelled. */
    readonly left: Sum | null;
  })[];
  readonly completedBy: string | null;
  readonly draws: readonly ListedDraw[];
}

/** By draw, the part through which it comes. */
function partsThrough(scope: Scope, part: string | null = null): Map<Draw, string | null> {
  return new Map([
    ...scope.draws.map(({ draw }) => [draw, part] as const),
    ...scope.children.flatMap((child) => [...partsThrough(child, part ?? child.part)]),
  ]);
}

/** What a draw adds, in the level that it has a figure in. */
function addedBy(draw: Draw, levels: readonly StageLevel[]): Pick<ListedDraw, 'adds' | 'because'> {
  const found = levels.flatMap(({ currency, added }) =>
    added.filter((one) => one.draw === draw).map((one) => ({ currency, ...one })),
  );
  const hasNone: readonly (string | null)[] = ['no-figure', 'unstated-currency', 'no-source-ties-the-currencies'];
  const own = found.find(({ because }) => !hasNone.includes(because));
  if (own) return { adds: { currency: own.currency, sum: own.adds }, because: own.because };
  return { adds: null, because: found[0]?.because ?? (draw.money ? 'unstated-currency' : 'no-figure') };
}

function listedDraws(joined: Joined, stage: Stage, scope: Scope, levels: readonly StageLevel[]): ListedDraw[] {
  const through = partsThrough(scope);
  const own = ownDraws(joined, stage).map(({ draw, leftOut }) => ({
    draw,
    through: null,
    ...(leftOut ? { adds: null, because: leftOut } : addedBy(draw, levels)),
  }));
  const ofParts = everyDraw(scope).flatMap(({ draw }) => {
    const part = through.get(draw) ?? null;
    return part === null ? [] : [{ draw, through: part, ...addedBy(draw, levels) }];
  });
  return [...own, ...ofParts];
}

/** What was drawn on a promise, stage by stage, itself and through its parts. */
export function drawnOn(parts: PartsByWhole, joined: Joined): StageDrawn[] {
  const { money } = joined.canonical;
  const stands = cancellationOf(joined) === null;
  return STAGES.map((stage) => {
    const scope = scopeOfPromise(parts, joined, stage);
    const levels = stageLevels(joined, scope).map((level) => ({
      ...level,
      left: level.isOfFace && money && stands && stage !== 'repaid' ? minus(printed(money), level.sum) : null,
    }));
    return {
      stage,
      levels,
      completedBy: completedBy(scope)?.event ?? null,
      draws: listedDraws(joined, stage, scope, levels),
    };
  });
}
