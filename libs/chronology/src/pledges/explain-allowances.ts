import { cancellationOf, drawnBefore } from './explain-cancelled.js';
import type { Circles } from './explain-circles.js';
import type { Book, Joined } from './explain-joined.js';
import { amountOf, linksOf, targetProblem, type NotTaken } from './explain-links.js';
import type { PartsByWhole } from './explain-passing.js';
import { isShareOf, type Shares } from './explain-shares.js';
import { clipped, minus, NOTHING, printed, smaller, sumIn, type Sum } from './explain-sums.js';
import type { PromiseLink } from './promise.js';

/** What a link to a cancelled promise takes off at most: so much, or nothing, and why. Links to others are not here. */
export type Allowances = ReadonlyMap<PromiseLink, Sum | NotTaken>;

interface Counting {
  readonly book: Book;
  readonly shares: Shares;
  readonly circles: Circles;
  readonly parts: PartsByWhole;
}

/** What counts of a promise in the currency of its face, before anything is taken off. */
function counted(parts: PartsByWhole, joined: Joined, currency: string): Sum {
  const cancelled = cancellationOf(joined);
  if (cancelled) return drawnBefore(parts, joined, cancelled, currency);
  return joined.canonical.money ? printed(joined.canonical.money) : NOTHING;
}

interface Wish {
  readonly joined: Joined;
  readonly link: PromiseLink;
}

/** Links to a cancelled promise that would take something off, in the order in which they became known. */
function wishesFor({ book, shares, circles }: Counting, target: Joined): Wish[] {
  const wishes = book.joined.flatMap((joined) =>
    joined === target || isShareOf(shares, joined, target) || circles.get(joined)?.has(target)
      ? []
      : linksOf(joined)
          .filter((link) => book.joinedOf.get(link.target) === target)
          .filter((link) => targetProblem(book, joined.canonical, link) === null)
          .filter((link) => amountOf(joined.canonical, link).takes !== null)
          .map((link) => ({ joined, link })),
  );
  const key = ({ link }: Wish): string => `${link.knownSince} ${String(link.position).padStart(15, '0')}`;
  return wishes.sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
}

/** How much a link says is another's, in the currency of the promise that it is of. */
function wished({ parts }: Counting, { joined, link }: Wish, currency: string): Sum {
  const { line, takes } = amountOf(joined.canonical, link);
  if (takes !== 'all') return takes ?? NOTHING;
  if (line === null) return counted(parts, joined, currency);
  const money = joined.canonical.lines.find(({ id }) => id === line)?.money;
  return (money && sumIn(money, currency)) ?? NOTHING;
}

/** The same wish in the target's currency, by a figure that a source printed for that very money. */
function wishedIn(target: string, { joined, link }: Wish): Sum | null {
  const { money, reportedAs } = joined.canonical;
  if (link.money) return sumIn(link.money, target);
  return money && link.line === null ? sumIn(money, target, reportedAs) : null;
}

function allow(counting: Counting, target: Joined, allowances: Map<PromiseLink, Sum | NotTaken>): void {
  const currency = target.canonical.money?.currency ?? null;
  if (currency === null) return;
  let left = counted(counting.parts, target, currency);
  for (const wish of wishesFor(counting, target)) {
    const own = wish.joined.canonical.money?.currency ?? currency;
    const wanted = own === currency ? wished(counting, wish, currency) : wishedIn(currency, wish);
    if (left.high === 0n) allowances.set(wish.link, 'target-cancelled');
    else if (!wanted) allowances.set(wish.link, 'no-source-ties-the-currencies');
    else if (wanted.stated > left.stated) {
      const taken = smaller(wanted, left);
      allowances.set(wish.link, own === currency ? taken : 'no-source-ties-the-currencies');
      left = own === currency ? clipped(minus(left, taken)) : left;
    } else left = clipped(minus(left, wanted));
  }
}

/** A cancelled promise takes off no more, over all links to it, than it still counts itself (rule M2). */
export function allowancesOf(counting: Counting): Allowances {
  const allowances = new Map<PromiseLink, Sum | NotTaken>();
  for (const target of counting.book.joined) if (cancellationOf(target)) allow(counting, target, allowances);
  return allowances;
}
