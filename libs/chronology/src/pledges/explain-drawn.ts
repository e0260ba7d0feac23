import { circlesOf } from './explain-circles.js';
import { openBook, type Joined } from './explain-joined.js';
import { linksOf } from './explain-links.js';
import { minus, printed, sumIn, total, type Sum } from './explain-sums.js';
import type { PromiseLink, PromiseState } from './promise.js';

/** A promise told later that is paid from another one. */
export interface Drawn {
  readonly stream: string;
  readonly relation: PromiseLink['relation'];
  /** In the currency of the promise that it is paid from; `null` where no source prints it so. */
  readonly sum: Sum | null;
  readonly toldBy: string;
}

/** What of a promise was told again as part of later ones, and what is left; never clipped. */
export interface DrawnFrom {
  readonly drawn: readonly Drawn[];
  /** `null` where the promise has no figure. */
  readonly left: Sum | null;
}

function sumOf(promise: PromiseState, link: PromiseLink, currency: string): Sum | null {
  if (link.money) return sumIn(link.money, currency);
  const line = promise.lines.find((one) => one.id === link.line);
  if (line) return line.money && sumIn(line.money, currency);
  return promise.money && sumIn(promise.money, currency, promise.reportedAs);
}

/**
 * Which promises are paid from this one (`part-of`, `draws-on`), each once by whichever stream told it: of 500, 406
 * and 90 leave 4.
 */
export function drawnFrom(promises: readonly PromiseState[], stream: string): DrawnFrom {
  const book = openBook(promises);
  const from = book.joinedOf.get(stream);
  const currency = from?.canonical.money?.currency ?? null;
  if (!from?.canonical.money || currency === null) return { drawn: [], left: null };
  const circles = circlesOf(book);
  const isDrawn = (joined: Joined, link: PromiseLink): boolean =>
    link.relation !== 'same-as' && book.joinedOf.get(link.target) === from && !circles.get(joined)?.has(from);
  const drawn = book.joined.flatMap((joined) =>
    linksOf(joined)
      .filter((link) => isDrawn(joined, link))
      .map((link) => ({
        stream: joined.canonical.stream,
        relation: link.relation,
        sum: sumOf(joined.canonical, link, currency),
        toldBy: link.event,
      })),
  );
  const told = total(drawn.flatMap((one) => one.sum ?? []));
  return { drawn, left: minus(printed(from.canonical.money), told) };
}
