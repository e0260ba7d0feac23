import { canonicalJson } from '#libs/contracts';
import { tellsTheWholeTwice, type Book, type Joined } from './explain-joined.js';
import { sumIn, type Sum } from './explain-sums.js';
import type { PromiseLink, PromiseState } from './promise.js';

/** Why a link, or a share, takes nothing off. */
export type NotTaken =
  | 'target-not-on-record'
  | 'target-is-wider'
  | 'target-without-figure'
  | 'target-cancelled'
  | 'no-figure-to-take-from'
  | 'line-without-figure'
  | 'share-without-figure'
  | 'share-is-wider'
  | 'is-a-share-of-it'
  | 'no-source-ties-the-currencies'
  | 'circle';

/** What one link takes off a promise, or why it takes nothing. */
export interface TakeOff {
  readonly rule: 'M2' | 'M3' | 'M4';
  readonly relation: PromiseLink['relation'] | null;
  /** The stream whose money it is. */
  readonly against: string | null;
  /** The promise's own line whose money it is; `null`: the promise's own category. */
  readonly line: string | null;
  /** `all`: the whole of the promise, or of the line. */
  readonly takes: Sum | 'all' | null;
  readonly because: NotTaken | null;
  /** The event that told the link. */
  readonly toldBy: string | null;
}

const SAYS_OF_ANOTHER: readonly string[] = ['part-of', 'draws-on', 'same-as'];

/**
 * The links of a promise by whichever of its tellings: the canonical one's, then what only the others say. The same
 * money linked to the same promise twice is one link.
 */
export function linksOf({ canonical, members }: Joined): PromiseLink[] {
  const found = new Map<string, PromiseLink>();
  const linked = new Set<string>();
  for (const member of [canonical, ...members.filter((one) => one !== canonical)]) {
    const fresh = member.links.filter(
      (link) => SAYS_OF_ANOTHER.includes(link.relation) && !tellsTheWholeTwice(link) && !linked.has(link.target),
    );
    for (const link of fresh) {
      const key = canonicalJson([link.target, link.line, link.money]);
      if (!found.has(key)) found.set(key, link);
    }
    for (const link of fresh) linked.add(link.target);
  }
  return [...found.values()];
}

function tiesCurrencies(promise: PromiseState, target: PromiseState): boolean {
  const [mine, other] = [promise.money?.currency, target.money?.currency];
  if (mine === undefined) return true;
  if (mine === null || other === null || other === undefined || !promise.money || !target.money) return false;
  return (
    sumIn(promise.money, other, promise.reportedAs) !== null || sumIn(target.money, mine, target.reportedAs) !== null
  );
}

/** Whether the promise that a link points to can take anything off this one at all (rule M2). */
export function targetProblem(book: Book, promise: PromiseState, link: PromiseLink): NotTaken | null {
  const joined = book.joinedOf.get(link.target);
  if (!joined) return 'target-not-on-record';
  const target = joined.members.find((one) => one.stream === link.target) ?? joined.canonical;
  if (target.scope === 'wider') return 'target-is-wider';
  if (!joined.canonical.money) return 'target-without-figure';
  if (link.money === null && !tiesCurrencies(promise, joined.canonical)) return 'no-source-ties-the-currencies';
  return null;
}

const none = (because: NotTaken): Pick<TakeOff, 'takes' | 'because'> => ({ takes: null, because });

type Amount = Pick<TakeOff, 'line' | 'takes' | 'because'>;

/** How much a link says is another's, in the promise's currency. */
export function amountOf(promise: PromiseState, link: PromiseLink): Amount {
  const line = promise.lines.find((one) => one.id === link.line);
  const currency = promise.money?.currency ?? null;
  const nothing = (because: NotTaken): Amount => ({ line: line?.id ?? null, ...none(because) });
  if (!line && !link.money) return { line: null, takes: 'all', because: null };
  if (!promise.money) return nothing('no-figure-to-take-from');
  const money = link.money ?? line?.money;
  if (!money) return nothing('line-without-figure');
  const takes = currency === null ? null : sumIn(money, currency);
  if (!takes) return nothing('no-source-ties-the-currencies');
  return { line: line?.id ?? null, takes: link.money ? takes : 'all', because: null };
}

/** Links that would make the promise one with another, and do not. */
const unjoinedTwice = (book: Book, joined: Joined): PromiseLink[] =>
  joined.canonical.links.filter((link) => tellsTheWholeTwice(link) && book.joinedOf.get(link.target) !== joined);

/**
 * What the links of a promise take off what is counted as new; each said, also where it takes nothing (rule M2).
 *
 * @param leftOut why a link to that promise takes nothing off, whatever it says
 * @param allowed what a link takes off at most, or why nothing; `undefined`: what it says
 */
export function linkTakeOffs(
  book: Book,
  joined: Joined,
  leftOut: (target: Joined) => NotTaken | null,
  allowed: (link: PromiseLink) => Sum | NotTaken | undefined,
): TakeOff[] {
  return [...linksOf(joined), ...unjoinedTwice(book, joined)].map((link) => {
    const told = { rule: 'M2', relation: link.relation, against: link.target, toldBy: link.event } as const;
    const problem = targetProblem(book, joined.canonical, link);
    const target = book.joinedOf.get(link.target);
    const because = problem ?? (target ? leftOut(target) : null);
    if (because) return { ...told, line: null, takes: null, because };
    const amount = amountOf(joined.canonical, link);
    const most = amount.takes === null ? undefined : allowed(link);
    if (most === undefined) return { ...told, ...amount };
    return { ...told, line: amount.line, ...(typeof most === 'string' ? none(most) : { takes: most, because: null }) };
  });
}

/** Whether a link takes anything off, circles aside: what makes an edge between promises. */
export function takesOff(book: Book, joined: Joined, link: PromiseLink): boolean {
  return targetProblem(book, joined.canonical, link) === null && amountOf(joined.canonical, link).takes !== null;
}
