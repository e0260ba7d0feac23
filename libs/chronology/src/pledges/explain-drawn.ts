import type { Money } from '#libs/contracts';
import { circlesOf } from './explain-circles.js';
import { openBook, type Joined } from './explain-joined.js';
import { linksOf, type NotTaken } from './explain-links.js';
import { sharesOf } from './explain-shares.js';
import { minus, printed, sumIn, total, type Sum } from './explain-sums.js';
import type { PromiseLink, PromiseState } from './promise.js';

/** A promise told later that is paid from another one. */
export interface Drawn {
  readonly stream: string;
  readonly relation: PromiseLink['relation'];
  /** In the currency of the promise that it is paid from; `null` where nothing tells it so. */
  readonly sum: Sum | null;
  /** Why there is no sum. */
  readonly because: NotTaken | null;
  readonly toldBy: string;
}

/** What of a promise was told again as part of later ones, and what is left; never clipped. */
export interface DrawnFrom {
  readonly drawn: readonly Drawn[];
  /** Of the promise, and of all sums here; `null` where it has no figure, or its source prints none. */
  readonly currency: string | null;
  /**
   * `null` where the promise has no figure. Where the sum of a draw is not known, `stated` and `high` are what the
   * known ones leave, and there is no `low`.
   */
  readonly left: Sum | null;
}

function sumOf(promise: PromiseState, link: PromiseLink, currency: string): Sum | NotTaken {
  const untied = 'no-source-ties-the-currencies';
  if (link.money) return sumIn(link.money, currency) ?? untied;
  const line = promise.lines.find((one) => one.id === link.line);
  if (line) return line.money ? (sumIn(line.money, currency) ?? untied) : 'line-without-figure';
  if (!promise.money) return 'no-figure-to-take-from';
  return sumIn(promise.money, currency, promise.reportedAs) ?? untied;
}

function drawnOf({ canonical }: Joined, link: PromiseLink, face: Money | null): Drawn {
  const untied = face ? 'no-source-ties-the-currencies' : 'target-without-figure';
  const sum = face?.currency ? sumOf(canonical, link, face.currency) : untied;
  const told = { stream: canonical.stream, relation: link.relation, toldBy: link.event };
  return typeof sum === 'string' ? { ...told, sum: null, because: sum } : { ...told, sum, because: null };
}

function leftOf(face: Sum, drawn: readonly Drawn[]): Sum {
  const left = minus(face, total(drawn.flatMap((one) => one.sum ?? [])));
  return drawn.some((one) => one.sum === null) ? { ...left, low: null } : left;
}

/**
 * Which promises are paid from this one (`part-of`, `draws-on`), each once by whichever stream told it: of 500, 406
 * and 90 leave 4.
 */
export function drawnFrom(promises: readonly PromiseState[], stream: string): DrawnFrom {
  const book = openBook(promises);
  const from = book.joinedOf.get(stream);
  if (!from) return { drawn: [], currency: null, left: null };
  const face = from.canonical.money;
  const currency = face?.currency ?? null;
  const circles = circlesOf(book, sharesOf(book));
  const isDrawn = (joined: Joined, link: PromiseLink): boolean =>
    link.relation !== 'same-as' && book.joinedOf.get(link.target) === from && !circles.get(joined)?.has(from);
  const drawn = book.joined.flatMap((joined) =>
    linksOf(joined)
      .filter((link) => isDrawn(joined, link))
      .map((link) => drawnOf(joined, link, face)),
  );
  return { drawn, currency, left: face && currency !== null ? leftOf(printed(face), drawn) : null };
}
