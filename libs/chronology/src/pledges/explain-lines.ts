import type { PromiseLine, PromiseState } from './promise.js';
import { minus, NOTHING, sumIn, total, type Sum } from './explain-sums.js';

/** One line of a breakdown (rule M9): what it tells, and what of that no line within it tells. */
export interface LineShare {
  readonly line: PromiseLine;
  /** In the breakdown's currency; `null` where it has no figure in it. */
  readonly told: Sum | null;
  /** What counts for the line itself, so that all lines add up: its figure less the lines within it. */
  readonly own: Sum;
  /** The line itself and the lines within it, at any depth. */
  readonly covers: ReadonlySet<string>;
}

/** How a promise is broken down by its most specific lines, in one currency. */
export interface Breakdown {
  readonly currency: string;
  readonly lines: readonly LineShare[];
  readonly itemized: Sum;
  /** The face less what is itemized, never clipped; `null` where the promise has no face in this currency. */
  readonly residual: Sum | null;
}

/** The line that each line stands in; one that would come back to itself, or stands in none of these, stands alone. */
function parentsOf(lines: readonly PromiseLine[]): Map<string, string | null> {
  const within = new Map(lines.map((line) => [line.id, line.within]));
  const isWithinItself = (id: string): boolean => {
    const met = new Set<string>();
    for (let at = within.get(id) ?? null; at !== null && !met.has(at); at = within.get(at) ?? null) {
      if (at === id) return true;
      met.add(at);
    }
    return false;
  };
  const parentOf = ({ id, within: parent }: PromiseLine): string | null =>
    parent !== null && within.has(parent) && !isWithinItself(id) ? parent : null;
  return new Map(lines.map((line) => [line.id, parentOf(line)]));
}

/** The lines that stand in each line; those that stand in none are under `null`. */
export function childrenByParent(lines: readonly PromiseLine[]): Map<string | null, PromiseLine[]> {
  const parents = parentsOf(lines);
  const children = new Map<string | null, PromiseLine[]>();
  for (const line of lines) {
    const parent = parents.get(line.id) ?? null;
    children.set(parent, [...(children.get(parent) ?? []), line]);
  }
  return children;
}

/** The lines in one currency, as `figure` gives each of them in it. */
function breakdown(
  lines: readonly PromiseLine[],
  currency: string,
  figure: (line: PromiseLine) => Sum | null,
): Omit<Breakdown, 'residual'> {
  const children = childrenByParent(lines);
  const shares = new Map<string, LineShare>();
  const share = (line: PromiseLine): { sum: Sum; covers: string[] } => {
    const within = (children.get(line.id) ?? []).map(share);
    const told = figure(line);
    const inside = total(within.map((one) => one.sum));
    const covers = [line.id, ...within.flatMap((one) => one.covers)];
    shares.set(line.id, { line, told, own: told ? minus(told, inside) : NOTHING, covers: new Set(covers) });
    return { sum: told ?? inside, covers };
  };
  const itemized = total((children.get(null) ?? []).map((line) => share(line).sum));
  return { currency, itemized, lines: lines.flatMap((line) => shares.get(line.id) ?? []) };
}

/**
 * The breakdown of a promise in the currency of its face. A line in another currency counts only by a conversion that
 * a source printed for it (rule M10).
 */
export function breakdownOfFace(promise: PromiseState & { money: { currency: string } }, face: Sum): Breakdown {
  const { currency } = promise.money;
  const parts = breakdown(promise.lines, currency, (line) => line.money && sumIn(line.money, currency));
  return { ...parts, residual: minus(face, parts.itemized) };
}

/** Breakdowns of a promise without a face: one for each currency of its lines, each line in its own. */
export function breakdownsByCurrency(promise: PromiseState): Breakdown[] {
  const currencies = [...new Set(promise.lines.flatMap((line) => line.money?.currency ?? []))].sort();
  return currencies.map((currency) => ({
    ...breakdown(promise.lines, currency, (line) =>
      line.money?.currency === currency ? sumIn(line.money, currency) : null,
    ),
    residual: null,
  }));
}
