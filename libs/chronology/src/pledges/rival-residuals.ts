import { canonicalJson, withValueAt, type Json } from '#libs/contracts';
import { breakdownOfFace } from './explain-lines.js';
import { printed, type Sum } from './explain-sums.js';
import type { PromiseLine, PromiseState } from './promise.js';

/** What a source that gives other figures, or other lines, makes of the breakdown. */
export interface RivalResidual {
  readonly publisher: string;
  readonly title: string;
  /** The events that cite it so. */
  readonly events: readonly string[];
  readonly itemized: Sum;
  /** The face, as this source gives it where it does, less its lines. */
  readonly residual: Sum;
}

type Says = Readonly<Record<string, Json>>;

/** The citation as far as it is looked at here. */
interface Source {
  readonly publisher: string;
  readonly title: string;
  readonly url?: string;
  readonly says?: Says;
}

/** One source, and what it says otherwise of each event that cites it. */
interface Rival {
  readonly source: Source;
  readonly says: ReadonlyMap<string, Says>;
}

/** The face, a line as a whole (`null`: not named there), its figure, or the line that it is part of. */
const FIGURES = /^\/(money(\/|$)|lines\/[^/]+($|\/money(\/|$)|\/within$))/;

/** What a source says of the figures, over all events that cite it; sources that say nothing of them are left out. */
function rivalsOf(promise: PromiseState): Rival[] {
  const rivals = new Map<string, { source: Source; says: Map<string, Says> }>();
  for (const { event, citations } of promise.tellings)
    for (const source of citations as unknown as readonly Source[]) {
      const figures = Object.entries(source.says ?? {}).filter(([path]) => FIGURES.test(path));
      if (figures.length === 0) continue;
      const key = canonicalJson([source.publisher, source.title, source.url ?? null]);
      const rival = rivals.get(key) ?? { source, says: new Map<string, Says>() };
      rival.says.set(event, { ...rival.says.get(event), ...Object.fromEntries(figures) });
      rivals.set(key, rival);
    }
  return [...rivals.values()];
}

/** A line that only a rival source names has what that source says of it, and else the promise's own. */
const asLine = (line: Partial<PromiseLine>, promise: PromiseState, event: string): PromiseLine => ({
  id: line.id ?? '-',
  label: line.label ?? '',
  category: line.category ?? promise.category ?? 'unstated',
  instrument: line.instrument ?? null,
  within: line.within ?? null,
  money: line.money ?? null,
  event,
});

/** The promise with one event told as a source says. */
function asSaid(promise: PromiseState, event: string, says: Says): PromiseState {
  const own = promise.lines.filter((line) => line.event === event);
  const document = { money: promise.money, lines: own as unknown as Json } as Json;
  const told = Object.entries(says).reduce(
    (before, [path, value]) => withValueAt(before, path, value ?? undefined) ?? before,
    document,
  ) as { money?: PromiseState['money']; lines?: Partial<PromiseLine>[] };
  const others = promise.lines.filter((line) => line.event !== event);
  const lines = (told.lines ?? []).map((line) => asLine(line, promise, event));
  return { ...promise, money: told.money ?? promise.money, lines: [...others, ...lines] };
}

/** The breakdown by each source that gives other figures or lines than the record does (rule M9). */
export function rivalResiduals(promise: PromiseState): RivalResidual[] {
  return rivalsOf(promise).flatMap(({ source, says }) => {
    const rival = [...says].reduce((told, [event, said]) => asSaid(told, event, said), promise);
    const { money } = rival;
    if (!money || money.currency === null || rival.lines.length === 0) return [];
    const faced = { ...rival, money: { ...money, currency: money.currency } };
    const { itemized, residual } = breakdownOfFace(faced, printed(money));
    const { publisher, title } = source;
    return residual ? [{ publisher, title, events: [...says.keys()], itemized, residual }] : [];
  });
}
