import { fromMills, type Json, type Mills, type Money } from '#libs/contracts';
import { grouped } from '#libs/projection';
import { STAGES, type Stage } from '../draws/draw.js';
import { drawnOn, type ListedDraw, type StageDrawn } from './explain-drawn-on.js';
import type { MoneyFinding } from './explain-finding.js';
import { drawFindings } from './explain-findings-drawn.js';
import { moneyFindings } from './explain-findings.js';
import { breakdownOfFace, breakdownsByCurrency } from './explain-lines.js';
import type { TakeOff } from './explain-links.js';
import { printed, type Sum } from './explain-sums.js';
import { everyDraw, levelOf } from './explain-levels.js';
import type { ExplainRow } from './explain-row.js';
import { lineScope } from './explain-stages.js';
import { countingOf, explainCounted, joinedOf, type Counting } from './explain.js';
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
  readonly cancelled_by: string | null;
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
  cancelled_by: row.cancelledBy,
  told_by: row.tellings.map((one) => one.event),
});

/** How far a stage has come in a currency. */
export interface LevelText {
  readonly currency: string;
  readonly sum: SumText;
  /** What of it was told on parts of the promise. */
  readonly through_parts: SumText;
  /** Of the face; `null` where there is none in this currency, or the promise is cancelled. */
  readonly left: SumText | null;
}

export interface DrawText {
  readonly event: string;
  readonly stage: Stage;
  readonly title: string;
  readonly occurred: string;
  readonly known_since: string;
  readonly side: string;
  readonly counts_as: string;
  readonly completes: boolean;
  readonly handover: string | null;
  readonly line: string | null;
  /** The part of the promise on which it was told. */
  readonly through: string | null;
  readonly money: Money | null;
  readonly quantities: Json;
  readonly bound_to: Json;
  readonly adds: { readonly currency: string; readonly sum: SumText } | null;
  readonly because: ListedDraw['because'];
  /** Events that tell the same movement. */
  readonly same_as: readonly string[];
  readonly citations: readonly Json[];
}

/** A promise as counted: announced in full, what of it is new, what is itemized, drawn, and what no line tells. */
export interface Ledger extends Readonly<Record<Stage, readonly LevelText[]>> {
  /** `null`: no figure was told, or no currency. */
  readonly currency: string | null;
  readonly announced: SumText;
  readonly counted_new: { readonly sum: SumText; readonly taken_off: readonly TakeOffText[] };
  readonly itemized: readonly { readonly currency: string; readonly sum: SumText }[];
  /** `null` where there is no face to take the lines from. */
  readonly residual: SumText | null;
  /** The event that says that nothing is left to come. */
  readonly completed_by: Readonly<Record<Stage, string | null>>;
  readonly listed: ExplainRow['listed'];
  readonly findings: readonly FindingText[];
  readonly draws: readonly DrawText[];
  /** By line, what was drawn on it and on what lies within. */
  readonly drawn_by_line: ReadonlyMap<string, Readonly<Record<Stage, SumText | null>>>;
  readonly explain: Readonly<Record<'gross' | 'new' | Stage, readonly ExplainText[]>>;
}

export type FindingText = Omit<MoneyFinding, 'difference' | 'at'> & {
  readonly stream: string;
  readonly difference: string | null;
};

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

const byStage = <Value>(valueOf: (stage: Stage) => Value): Readonly<Record<Stage, Value>> => ({
  allocated: valueOf('allocated'),
  disbursed: valueOf('disbursed'),
  delivered: valueOf('delivered'),
  repaid: valueOf('repaid'),
});

const levelTexts = ({ levels }: StageDrawn): LevelText[] =>
  levels.map(({ currency, sum, through, left }) => ({
    currency,
    sum: sumText(sum),
    through_parts: sumText(through),
    left: left && sumText(left),
  }));

const drawText = ({ draw, through, adds, because }: ListedDraw): DrawText => ({
  event: draw.event,
  stage: draw.stage,
  title: draw.told.title,
  occurred: draw.occurred,
  known_since: draw.knownSince,
  side: draw.side,
  counts_as: draw.countsAs,
  completes: draw.completes,
  handover: draw.handover,
  line: draw.line,
  through,
  money: draw.money,
  quantities: draw.told.quantities ?? [],
  bound_to: draw.told.bound_to ?? [],
  adds: adds && { currency: adds.currency, sum: sumText(adds.sum) },
  because,
  same_as: draw.joined.filter((event) => event !== draw.event),
  citations: draw.told.citations,
});

/** What was drawn on each line, in the currency of the face, else in the first. */
function drawnByLine(promise: PromiseState, stages: ReadonlyMap<Stage, StageDrawn>): Ledger['drawn_by_line'] {
  const sumOf = (line: string, stage: Stage): SumText | null => {
    const [level] = stages.get(stage)?.levels ?? [];
    const scope = level && lineScope(level.scope, line);
    return scope && everyDraw(scope).length > 0 ? sumText(levelOf(scope, level.currency).sum) : null;
  };
  return new Map(promise.lines.map(({ id }) => [id, byStage((stage) => sumOf(id, stage))]));
}

const findingText = (stream: string, { at: _at, difference, ...found }: MoneyFinding): FindingText => ({
  ...found,
  stream,
  difference: textOrNull(difference),
});

function ledgerOf(
  counting: Counting,
  promise: PromiseState,
  rows: Record<'gross' | 'new' | Stage, ExplainRow[]>,
): Ledger {
  const [first, firstNew] = [rows.gross[0], rows.new[0]];
  if (!first || !firstNew) throw new Error(`no explain rows of ${promise.stream}`);
  const joined = joinedOf(counting, promise);
  const stages = new Map(drawnOn(counting.parts, joined).map((drawn) => [drawn.stage, drawn]));
  const drawn = [...stages.values()];
  const findings = [
    ...moneyFindings(rows.gross, rows.new),
    ...STAGES.flatMap((stage) => drawFindings(counting.parts, joined, stage)),
  ];
  return {
    currency: first.cell.currency,
    announced: sumText(first.whole),
    counted_new: { sum: sumText(firstNew.whole), taken_off: takenOffOf(rows.new) },
    ...itemizedOf(promise),
    ...byStage((stage) => levelTexts(stages.get(stage) as StageDrawn)),
    completed_by: byStage((stage) => stages.get(stage)?.completedBy ?? null),
    listed: first.listed,
    findings: findings.map((one) => findingText(promise.stream, one)),
    draws: drawn.flatMap(({ draws }) => draws.map(drawText)),
    drawn_by_line: drawnByLine(promise, stages),
    explain: {
      gross: rows.gross.map(explainText),
      new: rows.new.map(explainText),
      ...byStage((stage) => rows[stage].map(explainText)),
    },
  };
}

const streamOf = ({ stream }: ExplainRow): string => stream;

/**
 * The ledgers of some promises, folded from their explain rows.
 *
 * @param promises these and all that their ledgers depend on
 */
export function ledgersOf(promises: readonly PromiseState[], streams: readonly string[]): Map<string, Ledger> {
  const only = new Set(streams);
  const counting = countingOf(promises);
  const gross = grouped(explainCounted(counting, { measure: 'announced', basis: 'gross' }, only), streamOf);
  const asNew = grouped(explainCounted(counting, { measure: 'announced', basis: 'new' }, only), streamOf);
  const drawn = byStage((measure) => grouped(explainCounted(counting, { measure, basis: 'gross' }, only), streamOf));
  return new Map(
    promises
      .filter(({ stream }) => only.has(stream))
      .map((promise) => {
        const { stream } = promise;
        const rows = {
          gross: gross.get(stream) ?? [],
          new: asNew.get(stream) ?? [],
          ...byStage((stage) => drawn[stage].get(stream) ?? []),
        };
        return [stream, ledgerOf(counting, promise, rows)];
      }),
  );
}
