import type { Draw } from '../draws/draw.js';
import type { Joined } from './explain-joined.js';
import { everyDraw, type Scope } from './explain-levels.js';
import type { PartsByWhole } from './explain-passing.js';
import { scopeOfPromise } from './explain-scopes.js';
import { stageLevels } from './explain-stages.js';
import { larger, NOTHING, type Sum } from './explain-sums.js';
import type { Cancelled } from './promise.js';

/** The end of a promise, by whichever of its tellings it is told; the earliest. */
export const cancellationOf = ({ members }: Joined): Cancelled | null =>
  members
    .flatMap(({ cancelled }) => cancelled ?? [])
    .sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : a.event < b.event ? -1 : 1))[0] ?? null;

/** Whether a draw certainly came after the end of the promise; a cumulative figure tells what came before, too. */
export const isAfter = ({ countsAs, first }: Draw, { on }: Cancelled): boolean =>
  countsAs === 'increment' && first !== null && first > on;

/** What had been disbursed, and what delivered, when the promise was cancelled. */
const scopesBefore = (parts: PartsByWhole, joined: Joined, cancelled: Cancelled): Scope[] =>
  (['disbursed', 'delivered'] as const).map((stage) =>
    scopeOfPromise(parts, joined, stage, (draw) => !isAfter(draw, cancelled)),
  );

/** What a cancelled promise still counts in a currency: the larger of what had been disbursed and delivered (rule M1). */
export const drawnBefore = (parts: PartsByWhole, joined: Joined, cancelled: Cancelled, currency: string): Sum =>
  scopesBefore(parts, joined, cancelled)
    .map((scope) => stageLevels(joined, scope).find((level) => level.currency === currency)?.sum ?? NOTHING)
    .reduce(larger);

/** The currencies in which a cancelled promise without a figure of its own was drawn on. */
export function currenciesDrawn(parts: PartsByWhole, joined: Joined, cancelled: Cancelled): string[] {
  const levels = scopesBefore(parts, joined, cancelled).flatMap((scope) => stageLevels(joined, scope));
  return [...new Set(levels.map(({ currency }) => currency))].sort();
}

/** Whether anything had been disbursed or delivered, with a figure or without. */
export const wasDrawnOn = (parts: PartsByWhole, joined: Joined, cancelled: Cancelled): boolean =>
  scopesBefore(parts, joined, cancelled).some((scope) => everyDraw(scope).length > 0);
