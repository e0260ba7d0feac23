import type { Book, Joined } from './explain-joined.js';
import type { NotTaken, TakeOff } from './explain-links.js';
import { circularEdges } from './explain-reach.js';
import { sumIn, type Sum } from './explain-sums.js';
import type { PromiseLink, PromiseState } from './promise.js';

/** A share that was told of a group's promise: one for each promise, by whichever of its tellings. */
interface Share {
  readonly sharer: Joined;
  readonly promise: PromiseState;
  readonly link: PromiseLink;
  /** How much it takes off the group's promise, in the group's currency, or why it takes nothing. */
  readonly takes: Sum | NotTaken;
}

/** The shares told of each promise. */
export type Shares = ReadonlyMap<Joined, readonly Share[]>;

/** How much of the group's promise a share is, in the group's currency. */
function amountOf(group: Joined, promise: PromiseState, link: PromiseLink): Sum | NotTaken {
  const currency = group.canonical.money?.currency ?? null;
  if (currency === null) return 'no-figure-to-take-from';
  if (promise.scope === 'wider') return 'share-is-wider';
  if (link.money) return sumIn(link.money, currency) ?? 'no-source-ties-the-currencies';
  if (!promise.money) return 'share-without-figure';
  return sumIn(promise.money, currency, promise.reportedAs) ?? 'no-source-ties-the-currencies';
}

function toldShares(book: Book): Map<Joined, Share[]> {
  const shares = new Map<Joined, Share[]>();
  for (const sharer of book.joined) {
    const members = [sharer.canonical, ...sharer.members.filter((one) => one !== sharer.canonical)];
    const links = members.flatMap((promise) =>
      promise.links.filter((link) => link.relation === 'share-of').map((link) => ({ promise, link })),
    );
    const told = new Set<Joined>();
    for (const { promise, link } of links) {
      const group = book.joinedOf.get(link.target);
      if (!group || group === sharer || told.has(group)) continue;
      told.add(group);
      const share = { sharer, promise, link, takes: amountOf(group, promise, link) };
      shares.set(group, [...(shares.get(group) ?? []), share]);
    }
  }
  return shares;
}

/** The shares of each promise; of those that make one a share of itself, the earliest known is no group's (rule M3). */
export function sharesOf(book: Book): Shares {
  const shares = toldShares(book);
  const edges = new Map([...shares.keys()].map((group) => [group, sharersOf(shares, group)]));
  const circles = circularEdges(book.joined, edges);
  const kept = (group: Joined, share: Share): Share =>
    circles.get(group)?.has(share.sharer) ? { ...share, takes: 'circle' } : share;
  return new Map([...shares].map(([group, all]) => [group, all.map((share) => kept(group, share))]));
}

/** Whose shares take anything off a group's promise. */
export const sharersOf = (shares: Shares, group: Joined): Set<Joined> =>
  new Set((shares.get(group) ?? []).filter(({ takes }) => typeof takes !== 'string').map(({ sharer }) => sharer));

/** Whether a promise's money is taken off a group's already. */
export const isShareOf = (shares: Shares, sharer: Joined, group: Joined): boolean =>
  sharersOf(shares, group).has(sharer);

/** What the shares take off a group's promise (rule M4): its left counts under no donor's name. */
export function shareTakeOffs(group: Joined, shares: Shares): TakeOff[] {
  return (shares.get(group) ?? []).map(({ promise, link, takes }) => {
    const taken = typeof takes === 'string' ? { takes: null, because: takes } : { takes, because: null };
    return { rule: 'M4', relation: 'share-of', against: promise.stream, line: null, ...taken, toldBy: link.event };
  });
}

/** Whether a promise is a group's: of several donors, or one of which shares are told. */
export const isGroups = (joined: Joined, shares: Shares): boolean =>
  joined.canonical.donors.length > 1 || (shares.get(joined) ?? []).some(({ takes }) => takes !== 'circle');
