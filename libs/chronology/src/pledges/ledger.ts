import { fromMills, type Mills } from '#libs/contracts';
import { byStream } from './by-stream.js';
import { moneyFindings, type MoneyFinding } from './explain-findings.js';
import { breakdownOfFace, breakdownsByCurrency } from './explain-lines.js';
import type { TakeOff } from './explain-links.js';
import { printed, type Sum } from './explain-sums.js';
import { explain, type ExplainRow } from './explain.js';
import type { PromiseState } from './promise.js';

/** A sum as the API tells it: decimal texts in currency units; `null`: no bound on that side. */
export interface SumText {
  readonly low: string | null;
  readonly stated: string;
  readonly high: string | null;
  readonly inexact: boolean;
}

const textOrNull = (mills: Mills | null): string | null => (mills === null ? null : fromMills(mills));

export const sumText = ({ low, stated, high, inexact }: Sum): SumText => ({
  low: textOrNull(low),
  stated: fromMills(stated),
  high: textOrNull(high),
  inexact,
});

export interface TakeOffText extends Omit<TakeOff, 'takes' | 'toldBy'> {
  readonly takes: 'all' | SumText | null;
  readonly told_by: string | null;
}

const takeOffText = ({ takes, toldBy, ...more }: TakeOff): TakeOffText => ({
  ...more,
  takes: takes === null || takes === 'all' ? takes : sumText(takes),
  told_by: toldBy,
});

export interface ExplainText {
  readonly cell: ExplainRow['cell'];
  readonly part: ExplainRow['part'];
  readonly line: string | null;
  readonly told: SumText;
  readonly gives: SumText;
  readonly taken_off: readonly TakeOffText[];
  readonly listed: ExplainRow['listed'];
  readonly rules: readonly string[];
  /** The events that told it; their citations stand with them. */
  readonly told_by: readonly string[];
}

const explainText = (row: ExplainRow): ExplainText => ({
  cell: row.cell,
  part: row.part,
  line: row.line,
  told: sumText(row.told),
  gives: sumText(row.gives),
  taken_off: row.takenOff.map(takeOffText),
  listed: row.listed,
  rules: row.rules,
  told_by: row.tellings.map((one) => one.event),
});

/** A promise as counted: announced in full, what of it is new, what is itemized, and what no line tells. */
export interface Ledger {
  /** `null`: no figure was told, or no currency. */
  readonly currency: string | null;
  readonly announced: SumText;
  readonly counted_new: { readonly sum: SumText; readonly taken_off: readonly TakeOffText[] };
  readonly itemized: readonly { readonly currency: string; readonly sum: SumText }[];
  /** `null` where there is no face to take the lines from. */
  readonly residual: SumText | null;
  readonly listed: ExplainRow['listed'];
  readonly findings: readonly (Omit<MoneyFinding, 'difference'> & { readonly difference: string | null })[];
  readonly explain: { readonly gross: readonly ExplainText[]; readonly new: readonly ExplainText[] };
}

/** Its lines as they stand, whatever counts of them. */
function itemizedOf(promise: PromiseState): Pick<Ledger, 'itemized' | 'residual'> {
  const { money } = promise;
  const breakdowns =
    money && money.currency !== null
      ? [breakdownOfFace({ ...promise, money: { ...money, currency: money.currency } }, printed(money))]
      : breakdownsByCurrency(promise);
  return {
    itemized: breakdowns.map(({ currency, itemized }) => ({ currency, sum: sumText(itemized) })),
    residual: breakdowns[0]?.residual ? sumText(breakdowns[0].residual) : null,
  };
}

/** Take-offs of the whole promise, each once, in the order in which its rows name them. */
function takenOffOf(rows: readonly ExplainRow[]): TakeOffText[] {
  return [...new Set(rows.flatMap((row) => row.takenOff))].map(takeOffText);
}

function ledgerOf(promise: PromiseState, gross: readonly ExplainRow[], asNew: readonly ExplainRow[]): Ledger {
  const [first, firstNew] = [gross[0], asNew[0]];
  if (!first || !firstNew) throw new Error(`no explain rows of ${promise.stream}`);
  return {
    currency: first.cell.currency,
    announced: sumText(first.whole),
    counted_new: { sum: sumText(firstNew.whole), taken_off: takenOffOf(asNew) },
    ...itemizedOf(promise),
    listed: first.listed,
    findings: moneyFindings(gross, asNew).map((one) => ({ ...one, difference: textOrNull(one.difference) })),
    explain: { gross: gross.map(explainText), new: asNew.map(explainText) },
  };
}

/**
 * The ledgers of some promises, folded from their explain rows.
 *
 * @param promises these and all that counting them depends on
 */
export function ledgersOf(promises: readonly PromiseState[], streams: readonly string[]): Map<string, Ledger> {
  const only = new Set(streams);
  const gross = byStream(explain(promises, { measure: 'announced', basis: 'gross' }, only));
  const asNew = byStream(explain(promises, { measure: 'announced', basis: 'new' }, only));
  return new Map(
    promises
      .filter(({ stream }) => only.has(stream))
      .map((promise) => [
        promise.stream,
        ledgerOf(promise, gross.get(promise.stream) ?? [], asNew.get(promise.stream) ?? []),
      ]),
  );
}
