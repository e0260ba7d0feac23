import { allowancesOf, type Allowances } from './explain-allowances.js';
import { cancellationOf } from './explain-cancelled.js';
import { circlesOf, type Circles } from './explain-circles.js';
import { openBook, type Book, type Joined } from './explain-joined.js';
import { linkTakeOffs, type NotTaken, type TakeOff } from './explain-links.js';
import { partsByWhole, type PartsByWhole } from './explain-passing.js';
import { rowMaker, type ExplainRow, type Question } from './explain-row.js';
import { announcedRows, cancelledRows, itemizedRows } from './explain-rows-announced.js';
import { drawnRows } from './explain-rows-drawn.js';
import { isShareOf, shareTakeOffs, sharesOf, type Shares } from './explain-shares.js';
import type { PromiseState } from './promise.js';

/** What all counting of some promises goes by: which are one, whose money is whose, and how much of it. */
export interface Counting {
  readonly book: Book;
  readonly shares: Shares;
  readonly circles: Circles;
  readonly parts: PartsByWhole;
  readonly allowances: Allowances;
}

/**
 * Looks at promises together.
 *
 * @param promises every promise at the place; for only some of them, these with all that counting them depends on
 */
export function countingOf(promises: readonly PromiseState[]): Counting {
  const book = openBook(promises);
  const shares = sharesOf(book);
  const circles = circlesOf(book, shares);
  const parts = partsByWhole(book, shares, circles);
  return { book, shares, circles, parts, allowances: allowancesOf({ book, shares, circles, parts }) };
}

/** A promise with those that tell the same; by itself where nothing but its draws is known. */
export const joinedOf = ({ book }: Counting, promise: PromiseState): Joined =>
  book.joinedOf.get(promise.stream) ?? { canonical: promise, members: [promise] };

/** What counts nothing at all, gross and new alike: a second telling (M3), an envelope (M4). */
function countsNothing(promise: PromiseState, joined: Joined): TakeOff[] {
  const all = { line: null, takes: 'all', because: null, toldBy: null } as const;
  if (joined.canonical !== promise)
    return [{ ...all, rule: 'M3', relation: 'same-as', against: joined.canonical.stream }];
  if (promise.scope === 'wider') return [{ ...all, rule: 'M4', relation: null, against: null }];
  return [];
}

function takeOffsOf(counting: Counting, promise: PromiseState, question: Question): TakeOff[] {
  const { book, shares, circles, allowances } = counting;
  const joined = joinedOf(counting, promise);
  const nothing = countsNothing(promise, joined);
  if (nothing.length > 0 || question.measure !== 'announced') return nothing;
  const ofShares = shareTakeOffs(joined, shares);
  if (question.basis === 'gross' || !book.joinedOf.has(promise.stream)) return ofShares;
  const leftOut = (target: Joined): NotTaken | null => {
    if (isShareOf(shares, joined, target)) return 'is-a-share-of-it';
    return circles.get(joined)?.has(target) ? 'circle' : null;
  };
  return [...ofShares, ...linkTakeOffs(book, joined, leftOut, (link) => allowances.get(link))];
}

function rowsOf(counting: Counting, promise: PromiseState, question: Question): ExplainRow[] {
  const joined = joinedOf(counting, promise);
  const takeOffs = takeOffsOf(counting, promise, question);
  const row = rowMaker(counting, promise, question, takeOffs);
  const isCounted = joined.canonical === promise;
  switch (question.measure) {
    case 'itemized':
      return itemizedRows(promise, takeOffs, row);
    case 'announced': {
      const cancelled = cancellationOf(joined);
      return cancelled && isCounted && promise.scope !== 'wider'
        ? cancelledRows(counting.parts, joined, cancelled, takeOffs, row)
        : announcedRows(promise, takeOffs, row);
    }
    default:
      return isCounted ? drawnRows(counting.parts, joined, question.measure, row) : [];
  }
}

/**
 * The explain rows of a place: one for each promise, cell and line, by the rules of the counting contract.
 *
 * @param only streams whose rows are wanted; all where left out
 * @returns rows of the promises earliest first, whatever order they came in
 */
export function explainCounted(counting: Counting, question: Question, only?: ReadonlySet<string>): ExplainRow[] {
  return counting.book.promises
    .filter((promise) => !only || only.has(promise.stream))
    .flatMap((promise) => rowsOf(counting, promise, question));
}

/** {@link explainCounted} of promises that are asked about once. @param promises as for {@link countingOf} */
export const explain = (
  promises: readonly PromiseState[],
  question: Question,
  only?: ReadonlySet<string>,
): ExplainRow[] => explainCounted(countingOf(promises), question, only);
