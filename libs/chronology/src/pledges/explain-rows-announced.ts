import { currenciesDrawn, drawnBefore, wasDrawnOn } from './explain-cancelled.js';
import type { Joined } from './explain-joined.js';
import { breakdownOfFace, breakdownsByCurrency, type Breakdown } from './explain-lines.js';
import type { TakeOff } from './explain-links.js';
import { partsOf, type Faced, type Part } from './explain-parts.js';
import type { PartsByWhole } from './explain-passing.js';
import type { ExplainRow, RowMaker } from './explain-row.js';
import { clipped, minus, NOTHING, printed, sumIn, total, UNSTATED, type Sum } from './explain-sums.js';
import type { Cancelled, PromiseLine, PromiseState } from './promise.js';

const hasFace = (promise: PromiseState): promise is PromiseState & Faced => typeof promise.money?.currency === 'string';

const isWhole = (takeOff: TakeOff): boolean => takeOff.takes === 'all' && takeOff.line === null;

/** A line whose figure no source ties to the promise's currency: listed, never added (rule M10). */
function listedLine(line: PromiseLine, row: RowMaker): ExplainRow[] {
  if (!line.money) return [];
  const part: Part = { part: 'line', line, told: printed(line.money), gives: NOTHING };
  const listed = line.money.currency === null ? 'unstated-currency' : 'no-source-ties-the-currencies';
  return [row(part, line.money.currency, NOTHING, { listed })];
}

const listedLines = (breakdown: Breakdown, row: RowMaker): ExplainRow[] =>
  breakdown.lines.flatMap(({ line, told }) => (told === null ? listedLine(line, row) : []));

const whole = (told: Sum, gives: Sum): Part => ({ part: 'whole', line: null, told, gives });

/** Rows of what was announced; for the promise that counts of those that are told twice. */
export function announcedRows(promise: PromiseState, takeOffs: readonly TakeOff[], row: RowMaker): ExplainRow[] {
  if (hasFace(promise)) {
    const face = printed(promise.money);
    const { parts, whole } = partsOf(promise, face, takeOffs);
    const rows = parts.map((part) => row(part, promise.money.currency, whole));
    return [...rows, ...listedLines(breakdownOfFace(promise, face), row)];
  }
  const told = promise.money ? printed(promise.money) : UNSTATED;
  const gives = takeOffs.some(isWhole) ? NOTHING : UNSTATED;
  return [row(whole(told, gives), null, gives, { listed: promise.money ? 'unstated-currency' : 'unstated' })];
}

/** What all that is taken off comes to in a currency; of a line that is taken whole, what the line tells. */
function takenInAll(promise: PromiseState, takeOffs: readonly TakeOff[], currency: string): Sum {
  const wholeLine = (id: string | null): Sum => {
    const money = promise.lines.find((line) => line.id === id)?.money;
    return (money && sumIn(money, currency)) ?? NOTHING;
  };
  return total(takeOffs.flatMap(({ takes, line }) => (takes === 'all' ? wholeLine(line) : (takes ?? []))));
}

/**
 * Rows of a promise that is cancelled: it counts what had been drawn on it, given whole under its own category, less
 * what is told to be another's (rules M1, M2).
 */
export function cancelledRows(
  parts: PartsByWhole,
  joined: Joined,
  cancelled: Cancelled,
  takeOffs: readonly TakeOff[],
  row: RowMaker,
): ExplainRow[] {
  const promise = joined.canonical;
  const cancelledBy = cancelled.event;
  const told = promise.money ? printed(promise.money) : UNSTATED;
  const face = promise.money?.currency ?? null;
  const currencies = face === null ? currenciesDrawn(parts, joined, cancelled) : [face];
  if (currencies.length === 0) {
    const gives = wasDrawnOn(parts, joined, cancelled) && !takeOffs.some(isWhole) ? UNSTATED : NOTHING;
    const listed = promise.money ? 'unstated-currency' : 'unstated';
    return [row(whole(told, gives), null, gives, { cancelledBy, listed })];
  }
  return currencies.map((currency) => {
    const drawn = drawnBefore(parts, joined, cancelled, currency);
    const taken = takenInAll(promise, takeOffs, currency);
    const gives = takeOffs.some(isWhole) ? NOTHING : clipped(minus(drawn, taken));
    return row(whole(face === null ? drawn : told, gives), currency, gives, { cancelledBy });
  });
}

function rowsOfBreakdown(breakdown: Breakdown, counts: boolean, row: RowMaker): ExplainRow[] {
  const whole = counts ? breakdown.itemized : NOTHING;
  return breakdown.lines.flatMap(({ line, told, own }) =>
    told === null
      ? []
      : [row({ part: 'line', line, told: own, gives: counts ? own : NOTHING }, breakdown.currency, whole)],
  );
}

/** Rows of what was itemized, whatever of it counts. */
export function itemizedRows(promise: PromiseState, takeOffs: readonly TakeOff[], row: RowMaker): ExplainRow[] {
  const counts = takeOffs.length === 0;
  if (hasFace(promise)) {
    const breakdown = breakdownOfFace(promise, printed(promise.money));
    return [...rowsOfBreakdown(breakdown, counts, row), ...listedLines(breakdown, row)];
  }
  const bare = promise.lines.filter((line) => line.money?.currency === null);
  const rows = breakdownsByCurrency(promise).flatMap((breakdown) => rowsOfBreakdown(breakdown, counts, row));
  return [...rows, ...bare.flatMap((line) => listedLine(line, row))];
}
