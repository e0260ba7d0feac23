import { canonicalJson, withValueAt, type Json, type Money } from '#libs/contracts';
import { breakdownOfFace } from './explain-lines.js';
import { printed, type Sum } from './explain-sums.js';
import type { PromiseLine, PromiseState, Telling } from './promise.js';

/** What a source that gives other figures, or other lines, makes of the breakdown. */
export interface RivalResidual {
  readonly publisher: string;
  readonly title: string;
  /** The events that cite it so. */
  readonly events: readonly string[];
  /** Of the face, as this source gives it where it does; `null`: it prints none. */
  readonly currency: string | null;
  /** The lines in that currency; `null` where none is told in it. */
  readonly itemized: Sum | null;
  /** The face, as this source gives it where it does, less its lines; `null` where none can be taken from it. */
  readonly residual: Sum | null;
  /** Why there is no residual. */
  readonly because: NoResidual | null;
  /**
   * Lines with a figure that no source ties to the currency: not in `itemized` (rule M10), which has no `high` then,
   * nor `residual` a `low`.
   */
  readonly untied: readonly string[];
}

export type NoResidual = 'unstated-currency' | 'no-source-ties-the-currencies' | 'no-line-with-a-figure';

type Residual = Omit<RivalResidual, 'publisher' | 'title' | 'events'>;

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

/** What a source says of a face that was amended later is no word on the one that stands. */
const speaksOfIt = (path: string, { isOfFormerFace }: Telling): boolean =>
  FIGURES.test(path) && !(isOfFormerFace && path.startsWith('/money'));

/** What a source says of the figures, over all events that cite it; sources that say nothing of them are left out. */
function rivalsOf(promise: PromiseState): Rival[] {
  const rivals = new Map<string, { source: Source; says: Map<string, Says> }>();
  for (const telling of promise.tellings)
    for (const source of telling.citations as unknown as readonly Source[]) {
      const { event } = telling;
      const figures = Object.entries(source.says ?? {}).filter(([path]) => speaksOfIt(path, telling));
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

/** What a promise's lines leave of its face, and which of them can be taken from it. */
function residualOf(promise: PromiseState, money: Money): Residual {
  const { currency } = money;
  const none = (because: NoResidual, untied: readonly string[]): Residual => {
    return { currency, itemized: null, residual: null, because, untied };
  };
  const figured = promise.lines.filter((line) => line.money !== null).map((line) => line.id);
  if (currency === null) return none('unstated-currency', figured);
  const { itemized, residual, lines } = breakdownOfFace({ ...promise, money: { ...money, currency } }, printed(money));
  const untied = lines
    .filter(({ line, told }) => line.money !== null && told === null)
    .map(({ line }) => line.id)
    .sort();
  if (figured.length === 0) return none('no-line-with-a-figure', untied);
  if (untied.length === figured.length) return none('no-source-ties-the-currencies', untied);
  if (untied.length === 0) return { currency, itemized, residual, because: null, untied };
  const unbounded = residual && { ...residual, low: null };
  return { currency, itemized: { ...itemized, high: null }, residual: unbounded, because: null, untied };
}

/** The breakdown by each source that gives other figures or lines than the record does (rule M9). */
export function rivalResiduals(promise: PromiseState): RivalResidual[] {
  return rivalsOf(promise).flatMap(({ source, says }) => {
    const rival = [...says].reduce((told, [event, said]) => asSaid(told, event, said), promise);
    if (!rival.money || rival.lines.length === 0) return [];
    const { publisher, title } = source;
    return [{ publisher, title, events: [...says.keys()], ...residualOf(rival, rival.money) }];
  });
}
