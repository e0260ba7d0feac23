import { breakdownOfFace, type LineShare } from './explain-lines.js';
import type { TakeOff } from './explain-links.js';
import { clipped, minus, NOTHING, total, type Sum } from './explain-sums.js';
import type { PromiseLine, PromiseState } from './promise.js';

/** A promise that has a face in a currency. */
export type Faced = PromiseState & { readonly money: { readonly currency: string } };

/** A part of a promise that counts in a cell of its own. */
export interface Part {
  /** `whole`: no line is told, or it is not split; `residual`: what no line tells. */
  readonly part: 'whole' | 'line' | 'residual';
  readonly line: PromiseLine | null;
  /** What it tells. */
  readonly told: Sum;
  /** What counts of it. */
  readonly gives: Sum;
}

/** The parts of a promise, and what all of it gives, with the bounds of the whole. */
export interface Parts {
  readonly parts: readonly Part[];
  readonly whole: Sum;
}

const uncut = (part: Part['part'], line: PromiseLine | null, told: Sum): Part => ({ part, line, told, gives: told });

/** The parts before anything is taken off: a line each, and the residual; their `stated` adds up to the face (M9). */
function toldParts(promise: Faced, face: Sum): { parts: Part[]; lines: readonly LineShare[] } {
  const { lines, residual } = breakdownOfFace(promise, face);
  const figured = lines.filter((one) => one.told !== null);
  if (figured.length === 0) return { parts: [uncut('whole', null, face)], lines };
  const parts = figured.map((one) => uncut('line', one.line, one.own));
  return { parts: [...parts, uncut('residual', null, residual ?? NOTHING)], lines };
}

const isSum = (takes: TakeOff['takes']): takes is Sum => takes !== null && takes !== 'all';

/** Lines whose whole money is another's, with the lines within them. */
function linesTakenWhole(takeOffs: readonly TakeOff[], lines: readonly LineShare[]): Set<string> {
  const whole = takeOffs.filter((one) => one.takes === 'all').map((one) => one.line);
  return new Set(lines.filter((one) => whole.includes(one.line.id)).flatMap((one) => [...one.covers]));
}

/** One part less what is taken off it; a part that nothing is taken off stays as told, below 0 too. */
function cut(part: Part, takenWhole: ReadonlySet<string>, takeOffs: readonly TakeOff[]): Part & { exceeded: boolean } {
  const id = part.line?.id ?? null;
  if (id !== null && takenWhole.has(id)) return { ...part, gives: NOTHING, exceeded: false };
  const sums = takeOffs
    .filter((one) => one.line === id)
    .map((one) => one.takes)
    .filter(isSum);
  if (sums.length === 0) return { ...part, exceeded: false };
  const left = minus(part.told, total(sums));
  return { ...part, gives: clipped(left), exceeded: left.stated < 0n };
}

/** Everything that is taken off, each line that is taken whole once. */
function takenInAll(parts: readonly Part[], takenWhole: ReadonlySet<string>, takeOffs: readonly TakeOff[]): Sum {
  const lines = parts.filter((one) => one.line && takenWhole.has(one.line.id)).map((one) => one.told);
  const sums = takeOffs.filter((one) => one.line === null || !takenWhole.has(one.line)).map((one) => one.takes);
  return total([...lines, ...sums.filter(isSum)]);
}

/**
 * The parts of a promise and what each gives, after what is taken off it. A link without a line takes off the
 * promise's own category; where a part would fall below 0 the promise is not split but given whole (rule M2).
 */
export function partsOf(promise: Faced, face: Sum, takeOffs: readonly TakeOff[]): Parts {
  if (takeOffs.some((one) => one.takes === 'all' && one.line === null))
    return { parts: [{ part: 'whole', line: null, told: face, gives: NOTHING }], whole: NOTHING };
  const { parts, lines } = toldParts(promise, face);
  const takenWhole = linesTakenWhole(takeOffs, lines);
  const left = minus(face, takenInAll(parts, takenWhole, takeOffs));
  const whole = clipped(left);
  const cuts = parts.map((part) => cut(part, takenWhole, takeOffs));
  const isSplit = left.stated >= 0n && !cuts.some((one) => one.exceeded);
  if (!isSplit) return { parts: [{ part: 'whole', line: null, told: face, gives: whole }], whole };
  return { parts: cuts.map(({ exceeded: _exceeded, ...part }) => part), whole };
}
