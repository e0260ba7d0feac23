import { withValueAt, type Json } from '#libs/contracts';
import { breakdownOfFace } from './explain-lines.js';
import { printed, type Sum } from './explain-sums.js';
import type { PromiseLine, PromiseState } from './promise.js';

/** What a source that gives other lines makes of the breakdown. */
export interface RivalResidual {
  /** The event whose citation it is. */
  readonly event: string;
  readonly citation: Json;
  readonly itemized: Sum;
  /** The face, as this source gives it where it does, less its lines. */
  readonly residual: Sum;
}

type Says = Readonly<Record<string, Json>>;

const saysOf = (citation: Json): Says => {
  const says = typeof citation === 'object' && citation && !Array.isArray(citation) ? citation['says'] : undefined;
  return says && typeof says === 'object' && !Array.isArray(says) ? says : {};
};

const speaksOfMoney = (path: string): boolean => /^\/(lines|money)(\/|$)/.test(path);

/** The face and the lines as a document that a citation's pointers reach into. */
function asDocument(promise: PromiseState, event: string): { [key: string]: Json } {
  const own = promise.lines.filter((line) => line.event === event);
  return { money: promise.money, lines: own as unknown as Json };
}

/** `null` stands for "not named there". */
function asSaid(document: Json, says: Says): Json {
  return Object.entries(says)
    .filter(([path]) => speaksOfMoney(path))
    .reduce((told, [path, value]) => withValueAt(told, path, value ?? undefined) ?? told, document);
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

/** The promise as one citation tells it: its event's lines as it says, the other events' lines as they stand. */
function promiseAsSaid(promise: PromiseState, event: string, says: Says): PromiseState {
  const told = asSaid(asDocument(promise, event), says) as { money?: Json; lines?: Json };
  const lines = Array.isArray(told.lines) ? (told.lines as unknown as Partial<PromiseLine>[]) : [];
  const others = promise.lines.filter((line) => line.event !== event);
  const money = (told.money ?? promise.money) as PromiseState['money'];
  return { ...promise, money, lines: [...others, ...lines.map((line) => asLine(line, promise, event))] };
}

/** The breakdown by each citation that gives other lines, or another face, than the record does (rule M9). */
export function rivalResiduals(promise: PromiseState): RivalResidual[] {
  return promise.tellings.flatMap(({ event, citations }) =>
    citations.flatMap((citation) => {
      const says = saysOf(citation);
      if (!Object.keys(says).some(speaksOfMoney)) return [];
      const rival = promiseAsSaid(promise, event, says);
      const { money } = rival;
      if (!money || money.currency === null || rival.lines.length === 0) return [];
      const face = printed(money);
      const { itemized, residual } = breakdownOfFace({ ...rival, money: { ...money, currency: money.currency } }, face);
      return residual ? [{ event, citation, itemized, residual }] : [];
    }),
  );
}
