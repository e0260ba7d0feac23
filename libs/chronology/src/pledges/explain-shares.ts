import type { Book, Joined } from './explain-joined.js';
import type { NotTaken, TakeOff } from './explain-links.js';
import { sumIn, type Sum } from './explain-sums.js';
import type { PromiseLink, PromiseState } from './promise.js';

/** A share that was told of a group's promise: one for each promise, by whichever of its tellings. */
interface Share {
  readonly promise: PromiseState;
  readonly link: PromiseLink;
}

/** The shares told of each promise. */
export type Shares = ReadonlyMap<Joined, readonly Share[]>;

export function sharesOf(book: Book): Shares {
  const shares = new Map<Joined, Share[]>();
  for (const joined of book.joined) {
    const members = [joined.canonical, ...joined.members.filter((one) => one !== joined.canonical)];
    const links = members.flatMap((promise) =>
      promise.links.filter((link) => link.relation === 'share-of').map((link) => ({ promise, link })),
    );
    const told = new Set<Joined>();
    for (const share of links) {
      const group = book.joinedOf.get(share.link.target);
      if (!group || group === joined || told.has(group)) continue;
      told.add(group);
      shares.set(group, [...(shares.get(group) ?? []), share]);
    }
  }
  return shares;
}

/** How much of the group's promise a share is, in the group's currency. */
function amountOf({ promise, link }: Share, currency: string): Sum | NotTaken {
  if (promise.scope === 'wider') return 'share-is-wider';
  if (link.money) return sumIn(link.money, currency) ?? 'no-source-ties-the-currencies';
  if (!promise.money) return 'share-without-figure';
  return sumIn(promise.money, currency, promise.reportedAs) ?? 'no-source-ties-the-currencies';
}

/** What the shares take off a group's promise (rule M4): its left counts under no donor's name. */
export function shareTakeOffs(group: Joined, shares: Shares): TakeOff[] {
  const currency = group.canonical.money?.currency ?? null;
  return (shares.get(group) ?? []).map((share) => {
    const amount = currency === null ? 'no-figure-to-take-from' : amountOf(share, currency);
    const taken = typeof amount === 'string' ? { takes: null, because: amount } : { takes: amount, because: null };
    const { stream } = share.promise;
    return { rule: 'M4', relation: 'share-of', against: stream, line: null, ...taken, toldBy: share.link.event };
  });
}

/** Whether a promise is a group's: of several donors, or one of which shares are told. */
export const isGroups = (joined: Joined, shares: Shares): boolean =>
  joined.canonical.donors.length > 1 || shares.has(joined);
