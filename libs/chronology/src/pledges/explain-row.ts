import type { Stage } from '../draws/draw.js';
import type { Book, Joined } from './explain-joined.js';
import type { TakeOff } from './explain-links.js';
import type { Part } from './explain-parts.js';
import { isGroups, type Shares } from './explain-shares.js';
import type { Sum } from './explain-sums.js';
import type { PromiseLine, PromiseState, Telling } from './promise.js';

/** What is asked of the promises: what was announced, in full or as new money; what was itemized; what was drawn. */
export type Question =
  | { readonly measure: 'announced'; readonly basis: 'gross' | 'new' }
  | { readonly measure: 'itemized' | Stage; readonly basis: 'gross' };

/** Where money is counted: no two cells of one promise overlap. */
export interface Cell {
  /** A party id, or `unattributed` for what is a group's. */
  readonly donor: string;
  readonly category: string;
  readonly instrument: string;
  /** `null`: the source prints no currency, or no figure was told. */
  readonly currency: string | null;
}

/** Why a row is listed and gives nothing that can be added. */
export type Listed = 'unstated' | 'unstated-currency' | 'no-source-ties-the-currencies';

/** What one promise gives to one cell, and why: totals, groups, ledger and findings are folds of these rows. */
export interface ExplainRow {
  readonly stream: string;
  readonly measure: Question['measure'];
  readonly basis: Question['basis'];
  readonly cell: Cell;
  readonly part: Part['part'];
  readonly line: string | null;
  /** What the source tells, in the cell's currency. */
  readonly told: Sum;
  /** What counts. `stated` adds up over any split; `low` and `high` hold for this cell. */
  readonly gives: Sum;
  /** What the whole promise gives: what the bounds of a total are taken from. */
  readonly whole: Sum;
  readonly takenOff: readonly TakeOff[];
  readonly listed: Listed | null;
  /** The rules that made it, by their names in the counting contract. */
  readonly rules: readonly string[];
  /** The event that cancelled the promise: it counts what had been drawn on it. */
  readonly cancelledBy: string | null;
  /** The donor's own words on what is new (rule M5). */
  readonly said: Pick<PromiseState, 'newness' | 'newMoney'>;
  readonly tellings: readonly Telling[];
}

/** The take-offs that speak of a part: all of them where the promise is given whole. */
function takeOffsFor(part: Part, takeOffs: readonly TakeOff[]): TakeOff[] {
  if (part.part === 'whole') return [...takeOffs];
  const id = part.line?.id ?? null;
  return takeOffs.filter((one) => one.line === id);
}

function rulesOf(question: Question, part: Part, listed: Listed | null, takeOffs: readonly TakeOff[]): string[] {
  const unbounded = part.told.low !== part.told.stated || part.told.high !== part.told.stated || part.told.inexact;
  const isPromised = question.measure === 'announced' || question.measure === 'itemized';
  const rules = new Set([isPromised ? 'M1' : 'M11', ...takeOffs.map((one) => one.rule)]);
  if (unbounded || listed === 'unstated') rules.add('M7');
  if (part.line?.instrument) rules.add('M8');
  if (part.part !== 'whole') rules.add('M9');
  if (listed === 'unstated-currency' || listed === 'no-source-ties-the-currencies') rules.add('M10');
  return [...rules].sort();
}

/** The sources of the line; or those of the announcement, and of the amendment that told the face. */
function tellingsOf({ tellings, faceToldBy }: PromiseState, line: PromiseLine | null): readonly Telling[] {
  const own = line
    ? tellings.filter(({ event }) => event === line.event)
    : tellings.filter(({ event }, at) => at === 0 || event === faceToldBy);
  return own.length > 0 ? own : tellings;
}

interface Notes {
  readonly listed?: Listed;
  readonly cancelledBy?: string;
  readonly tellings?: readonly Telling[];
}

/** Makes a promise's rows: what is the same in all of them, and what follows from the part and what is taken off. */
export type RowMaker = (part: Part, currency: string | null, whole: Sum, notes?: Notes) => ExplainRow;

export function rowMaker(
  { book, shares }: { readonly book: Book; readonly shares: Shares },
  promise: PromiseState,
  question: Question,
  takeOffs: readonly TakeOff[],
): RowMaker {
  const joined: Joined | undefined = book.joinedOf.get(promise.stream);
  const [first] = promise.donors;
  const donor = first === undefined || (joined && isGroups(joined, shares)) ? 'unattributed' : first;
  return (part, currency, whole, notes = {}) => {
    const takenOff = takeOffsFor(part, takeOffs);
    const { told, gives, line } = part;
    const category = line?.category ?? promise.category ?? 'unstated';
    const listed = notes.listed ?? null;
    return {
      stream: promise.stream,
      ...question,
      cell: { donor, category, instrument: line?.instrument ?? promise.instrument, currency },
      part: part.part,
      line: line?.id ?? null,
      told,
      gives,
      whole,
      takenOff,
      listed,
      rules: rulesOf(question, part, listed, takenOff),
      cancelledBy: notes.cancelledBy ?? null,
      said: { newness: promise.newness, newMoney: promise.newMoney },
      tellings: notes.tellings ?? tellingsOf(promise, line),
    };
  };
}
