import { moneyFindings } from './explain-findings.js';
import type { Sum } from './explain-sums.js';
import type { ExplainRow, Question } from './explain-row.js';
import { explain } from './explain.js';
import type { PromiseState } from './promise.js';

/** Explain rows as specs look at them. */

export const GROSS: Question = { measure: 'announced', basis: 'gross' };
export const NEW: Question = { measure: 'announced', basis: 'new' };
export const ITEMIZED: Question = { measure: 'itemized', basis: 'gross' };

/** Millions, for eyes. */
export const shown = (sum: Sum | null | undefined): (number | null)[] | undefined =>
  sum ? [sum.low, sum.stated, sum.high].map((mills) => (mills === null ? null : Number(mills) / 1e9)) : undefined;

export const exactly = (millions: number): number[] => [millions, millions, millions];

export const rowsOf = (stream: string, promises: PromiseState[], question: Question): ExplainRow[] =>
  explain(promises, question).filter((row) => row.stream === stream);

export const whole = (stream: string, promises: PromiseState[], question: Question): unknown =>
  shown(rowsOf(stream, promises, question)[0]?.whole);

export const cells = (rows: ExplainRow[]): unknown[] =>
  rows.map((row) => [row.line ?? row.part, row.cell.category, row.cell.instrument, shown(row.gives)?.[1]]);

export const findings = (stream: string, promises: PromiseState[]): unknown[] =>
  moneyFindings(rowsOf(stream, promises, GROSS), rowsOf(stream, promises, NEW)).map((one) => [
    one.id,
    Number(one.difference) / 1e9,
  ]);
