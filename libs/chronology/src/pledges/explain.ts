import { circlesOf, type Circles } from './explain-circles.js';
import { openBook, type Book, type Joined } from './explain-joined.js';
import { breakdownOfFace, breakdownsByCurrency, type Breakdown } from './explain-lines.js';
import { linkTakeOffs, type NotTaken, type TakeOff } from './explain-links.js';
import { partsOf, type Faced, type Part } from './explain-parts.js';
import { isGroups, isShareOf, shareTakeOffs, sharesOf, type Shares } from './explain-shares.js';
import { NOTHING, printed, UNSTATED, type Sum } from './explain-sums.js';
import type { PromiseLine, PromiseState, Telling } from './promise.js';

/** What is asked of the promises: what was announced, in full or as new money, or what was itemized of it. */
export type Question =
  | { readonly measure: 'announced'; readonly basis: 'gross' | 'new' }
  | { readonly measure: 'itemized'; readonly basis: 'gross' };

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
  /** The donor's own words on what is new (rule M5). */
  readonly said: Pick<PromiseState, 'newness' | 'newMoney'>;
  readonly tellings: readonly Telling[];
}

interface Ledgers {
  readonly book: Book;
  readonly shares: Shares;
  readonly circles: Circles;
}

const hasFace = (promise: PromiseState): promise is PromiseState & Faced =>
  promise.opening !== null && typeof promise.money?.currency === 'string';

const isWhole = (takeOff: TakeOff): boolean => takeOff.takes === 'all' && takeOff.line === null;

/** What counts nothing at all, gross and new alike: a second telling (M3), an envelope (M4). */
function countsNothing(promise: PromiseState, joined: Joined | undefined): TakeOff[] {
  const all = { line: null, takes: 'all', because: null, toldBy: null } as const;
  if (joined && joined.canonical !== promise)
    return [{ ...all, rule: 'M3', relation: 'same-as', against: joined.canonical.stream }];
  if (promise.scope === 'wider') return [{ ...all, rule: 'M4', relation: null, against: null }];
  return [];
}

function takeOffsOf({ book, shares, circles }: Ledgers, promise: PromiseState, question: Question): TakeOff[] {
  const joined = book.joinedOf.get(promise.stream);
  const nothing = countsNothing(promise, joined);
  if (nothing.length > 0 || !joined || question.measure === 'itemized') return nothing;
  const ofShares = shareTakeOffs(joined, shares);
  if (question.basis === 'gross') return ofShares;
  const leftOut = (target: Joined): NotTaken | null => {
    if (isShareOf(shares, joined, target)) return 'is-a-share-of-it';
    return circles.get(joined)?.has(target) ? 'circle' : null;
  };
  return [...ofShares, ...linkTakeOffs(book, joined, leftOut)];
}

/** The take-offs that speak of a part: all of them where the promise is given whole. */
function takeOffsFor(part: Part, takeOffs: readonly TakeOff[]): TakeOff[] {
  if (part.part === 'whole') return [...takeOffs];
  const id = part.line?.id ?? null;
  return takeOffs.filter((one) => one.line === id);
}

function rulesOf(part: Part, listed: Listed | null, takeOffs: readonly TakeOff[]): string[] {
  const unbounded = part.told.low !== part.told.stated || part.told.high !== part.told.stated || part.told.inexact;
  const rules = new Set(['M1', ...takeOffs.map((one) => one.rule)]);
  if (unbounded || listed === 'unstated') rules.add('M7');
  if (part.line?.instrument) rules.add('M8');
  if (part.part !== 'whole') rules.add('M9');
  if (listed === 'unstated-currency' || listed === 'no-source-ties-the-currencies') rules.add('M10');
  return [...rules].sort();
}

/** The announcement's sources, or those of the event that told the line. */
function tellingsOf(promise: PromiseState, line: PromiseLine | null): readonly Telling[] {
  const own = line ? promise.tellings.filter((one) => one.event === line.event) : promise.tellings.slice(0, 1);
  return own.length > 0 ? own : promise.tellings;
}

type RowMaker = (part: Part, currency: string | null, whole: Sum, listed?: Listed) => ExplainRow;

function rowMaker(ledgers: Ledgers, promise: PromiseState, question: Question, takeOffs: readonly TakeOff[]): RowMaker {
  const joined = ledgers.book.joinedOf.get(promise.stream);
  const [donor] = promise.donors;
  const own = {
    donor: donor === undefined || (joined && isGroups(joined, ledgers.shares)) ? 'unattributed' : donor,
    category: promise.category ?? 'unstated',
  };
  return (part, currency, whole, listed) => {
    const takenOff = takeOffsFor(part, takeOffs);
    const { told, gives, line } = part;
    const instrument = line?.instrument ?? promise.instrument;
    return {
      stream: promise.stream,
      ...question,
      cell: { donor: own.donor, category: line?.category ?? own.category, instrument, currency },
      part: part.part,
      line: line?.id ?? null,
      told,
      gives,
      whole,
      takenOff,
      listed: listed ?? null,
      rules: rulesOf(part, listed ?? null, takenOff),
      said: { newness: promise.newness, newMoney: promise.newMoney },
      tellings: tellingsOf(promise, line),
    };
  };
}

/** A line whose figure no source ties to the promise's currency: listed, never added (rule M10). */
function listedLine(line: PromiseLine, row: RowMaker): ExplainRow[] {
  if (!line.money) return [];
  const part: Part = { part: 'line', line, told: printed(line.money), gives: NOTHING };
  const listed = line.money.currency === null ? 'unstated-currency' : 'no-source-ties-the-currencies';
  return [row(part, line.money.currency, NOTHING, listed)];
}

const listedLines = (breakdown: Breakdown, row: RowMaker): ExplainRow[] =>
  breakdown.lines.flatMap(({ line, told }) => (told === null ? listedLine(line, row) : []));

function announcedRows(promise: PromiseState, takeOffs: readonly TakeOff[], row: RowMaker): ExplainRow[] {
  if (hasFace(promise)) {
    const face = printed(promise.money);
    const { parts, whole } = partsOf(promise, face, takeOffs);
    const rows = parts.map((part) => row(part, promise.money.currency, whole));
    return [...rows, ...listedLines(breakdownOfFace(promise, face), row)];
  }
  const told = promise.money ? printed(promise.money) : UNSTATED;
  const gives = takeOffs.some(isWhole) ? NOTHING : UNSTATED;
  return [
    row({ part: 'whole', line: null, told, gives }, null, gives, promise.money ? 'unstated-currency' : 'unstated'),
  ];
}

function rowsOfBreakdown(breakdown: Breakdown, counts: boolean, row: RowMaker): ExplainRow[] {
  const whole = counts ? breakdown.itemized : NOTHING;
  return breakdown.lines.flatMap(({ line, told, own }) =>
    told === null
      ? []
      : [row({ part: 'line', line, told: own, gives: counts ? own : NOTHING }, breakdown.currency, whole)],
  );
}

function itemizedRows(promise: PromiseState, takeOffs: readonly TakeOff[], row: RowMaker): ExplainRow[] {
  const counts = takeOffs.length === 0;
  if (hasFace(promise)) {
    const breakdown = breakdownOfFace(promise, printed(promise.money));
    return [...rowsOfBreakdown(breakdown, counts, row), ...listedLines(breakdown, row)];
  }
  const bare = promise.lines.filter((line) => line.money?.currency === null);
  const rows = breakdownsByCurrency(promise).flatMap((breakdown) => rowsOfBreakdown(breakdown, counts, row));
  return [...rows, ...bare.flatMap((line) => listedLine(line, row))];
}

/**
 * The explain rows of a place: one for each promise, cell and line, by the rules of the counting contract.
 *
 * @param promises every promise at the place; for only some of them, these with all that their links reach, what is
 *   `same-as` any of these, and what is a share of them
 * @param only streams whose rows are wanted; all where left out
 * @returns rows of the promises earliest first, whatever order they came in
 */
export function explain(
  promises: readonly PromiseState[],
  question: Question,
  only?: ReadonlySet<string>,
): ExplainRow[] {
  const book = openBook(promises);
  const shares = sharesOf(book);
  const ledgers = { book, shares, circles: circlesOf(book, shares) };
  return book.promises
    .filter((promise) => !only || only.has(promise.stream))
    .flatMap((promise) => {
      const takeOffs = takeOffsOf(ledgers, promise, question);
      const row = rowMaker(ledgers, promise, question, takeOffs);
      return question.measure === 'itemized'
        ? itemizedRows(promise, takeOffs, row)
        : announcedRows(promise, takeOffs, row);
    });
}
