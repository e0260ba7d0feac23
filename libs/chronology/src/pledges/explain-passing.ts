import { toMills, type Money } from '#libs/contracts';
import type { Circles } from './explain-circles.js';
import type { Book, Joined } from './explain-joined.js';
import { linksOf } from './explain-links.js';
import { isShareOf, type Shares } from './explain-shares.js';
import type { PromiseLine, PromiseLink } from './promise.js';

/** A promise whose draws are another's too, by the links that say so. */
export interface PartOf {
  readonly part: Joined;
  readonly links: readonly PromiseLink[];
  /** Its money is also of a promise that has nothing to do with the other, and no source tells how much of which. */
  readonly isSplit: boolean;
}

export type PartsByWhole = ReadonlyMap<Joined, readonly PartOf[]>;

/** Links by which a promise is another's, those left out that close a circle. */
function linksUp(book: Book, shares: Shares, circles: Circles, joined: Joined): Map<Joined, PromiseLink[]> {
  const shareLinks = joined.members.flatMap(({ links }) => links.filter(({ relation }) => relation === 'share-of'));
  const up = new Map<Joined, PromiseLink[]>();
  for (const link of [...linksOf(joined), ...shareLinks]) {
    const whole = book.joinedOf.get(link.target);
    if (!whole || whole === joined || circles.get(joined)?.has(whole)) continue;
    if (link.relation === 'share-of' && !isShareOf(shares, joined, whole)) continue;
    up.set(whole, [...(up.get(whole) ?? []), link]);
  }
  return up;
}

const isOfAll = ({ line, money }: PromiseLink): boolean => line === null && money === null;

/** Everything that some promises are part of, however far, themselves among it. */
function allAbove(ups: ReadonlyMap<Joined, ReadonlyMap<Joined, unknown>>, from: Joined): Set<Joined> {
  const [met, open] = [new Set([from]), [from]];
  for (let at = open.pop(); at; at = open.pop())
    for (const next of ups.get(at)?.keys() ?? []) {
      if (met.has(next)) continue;
      met.add(next);
      open.push(next);
    }
  return met;
}

/** The parts of each promise, in the order in which the parts became known. */
export function partsByWhole(book: Book, shares: Shares, circles: Circles): PartsByWhole {
  const ups = new Map(book.joined.map((joined) => [joined, linksUp(book, shares, circles, joined)]));
  const parts = new Map<Joined, PartOf[]>();
  for (const [part, up] of ups)
    for (const [whole, links] of up) {
      const above = allAbove(ups, whole);
      const isOther = (other: Joined): boolean => !above.has(other) && !allAbove(ups, other).has(whole);
      const isSplit = [...up].some(([other, told]) => other !== whole && told.some(isOfAll) && isOther(other));
      parts.set(whole, [...(parts.get(whole) ?? []), { part, links, isSplit }]);
    }
  return parts;
}

/** Whether a sum is all of another. */
const isAllOf = (money: Money, of: Money | null): boolean =>
  of !== null && money.currency === of.currency && toMills(money.amount) >= toMills(of.amount);

/** A line and the lines that it stands in. */
function linesAround(lines: readonly PromiseLine[], id: string | null): Set<string> {
  const met = new Set<string>();
  for (let at = id; at !== null && !met.has(at); at = lines.find((line) => line.id === at)?.within ?? null) met.add(at);
  return met;
}

type Passing = 'all' | 'maybe' | 'none';

function passesBy({ canonical }: Joined, link: PromiseLink, line: string | null, isSplit: boolean): Passing {
  const own = canonical.lines.find(({ id }) => id === link.line);
  if (own && line === null) return 'maybe';
  if (own && !linesAround(canonical.lines, line).has(own.id)) return 'none';
  if (link.money) return isAllOf(link.money, own ? own.money : canonical.money) ? 'all' : 'maybe';
  return isSplit && !own ? 'maybe' : 'all';
}

/** How much of a draw on a part, on one of its lines or on none, is the whole's. */
export function passes({ part, links, isSplit }: PartOf, line: string | null): Passing {
  const ways = links.map((link) => passesBy(part, link, line, isSplit));
  return ways.includes('all') ? 'all' : ways.includes('maybe') ? 'maybe' : 'none';
}
