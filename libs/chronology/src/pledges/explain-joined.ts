import { isTold, type PromiseLink, type PromiseState } from './promise.js';

/** One promise, by whatever streams it was told: those that `same-as` joins (rule M3). */
export interface Joined {
  /** The one that counts: the earliest with a figure, else the earliest. */
  readonly canonical: PromiseState;
  /** All of them, earliest first. */
  readonly members: readonly PromiseState[];
}

/** All promises that are looked at, and which of them are one. */
export interface Book {
  /** Earliest first, whatever order they came in. */
  readonly promises: readonly PromiseState[];
  readonly joined: readonly Joined[];
  /** By stream; undefined where nothing of that name is announced. */
  readonly joinedOf: ReadonlyMap<string, Joined>;
}

/** By known since, then the opening's position; those whose announcement is not known yet come last. */
function earliestFirst(a: PromiseState, b: PromiseState): number {
  const key = ({ opening, stream }: PromiseState): [string, number, string] =>
    opening ? [opening.knownSince, opening.position, stream] : ['~', 0, stream];
  const [keyA, keyB] = [key(a), key(b)];
  for (const at of [0, 1, 2] as const) if (keyA[at] !== keyB[at]) return keyA[at] < keyB[at] ? -1 : 1;
  return 0;
}

/** `same-as` tells the whole twice; with a line it says that a part is the other's, and joins nothing. */
export const tellsTheWholeTwice = (link: PromiseLink): boolean => link.relation === 'same-as' && link.line === null;

/** An envelope (`wider`) is never the same money as a promise: what is drawn from it counts by itself (rule M4). */
const canBeJoined = (promise: PromiseState): boolean => isTold(promise) && promise.scope !== 'wider';

function joinSets(promises: readonly PromiseState[]): Map<string, Set<string>> {
  const sets = new Map(promises.filter(isTold).map(({ stream }) => [stream, new Set([stream])]));
  const joinable = new Set(promises.filter(canBeJoined).map((one) => one.stream));
  for (const { stream, links } of promises)
    for (const { target } of links.filter(tellsTheWholeTwice)) {
      const [mine, other] = [sets.get(stream), sets.get(target)];
      if (!mine || !other || mine === other || !joinable.has(stream) || !joinable.has(target)) continue;
      for (const member of other) sets.set(member, mine.add(member));
    }
  return sets;
}

/** Sorts the promises and finds which are one. */
export function openBook(unsorted: readonly PromiseState[]): Book {
  const promises = unsorted.toSorted(earliestFirst);
  const sets = joinSets(promises);
  const members = new Map<Set<string>, PromiseState[]>();
  for (const one of promises) {
    const set = sets.get(one.stream);
    if (set) members.set(set, [...(members.get(set) ?? []), one]);
  }
  const joined = [...members.values()].flatMap((all) => {
    const canonical = all.find((one) => one.money) ?? all[0];
    return canonical ? [{ canonical, members: all }] : [];
  });
  const joinedOf = new Map(joined.flatMap((one) => one.members.map(({ stream }) => [stream, one] as const)));
  return { promises, joined, joinedOf };
}
