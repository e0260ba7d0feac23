import type { Joined } from './explain-joined.js';

/** From each promise to those by which less of it counts. */
export type Edges = ReadonlyMap<Joined, ReadonlySet<Joined>>;

function reaches(nextOf: (at: Joined) => readonly Joined[], from: Joined, goal: Joined): boolean {
  const [met, open] = [new Set([from]), [from]];
  for (let at = open.pop(); at; at = open.pop()) {
    if (at === goal) return true;
    for (const next of nextOf(at)) {
      if (met.has(next)) continue;
      met.add(next);
      open.push(next);
    }
  }
  return false;
}

/**
 * The edges to be left out so that no promise comes back to itself (rule M3). Walks the promises in their order,
 * earliest first: the edges by which one comes back to itself are left out, and the rest stand; so it counts.
 *
 * @param standing edges of another kind that circles may go through, and that are never left out; no circle is among
 *   them alone
 */
export function circularEdges(promises: readonly Joined[], edges: Edges, standing: Edges = new Map()): Edges {
  const left = new Map(edges);
  const circles = new Map<Joined, ReadonlySet<Joined>>();
  const nextOf = (at: Joined): Joined[] => [...(left.get(at) ?? []), ...(standing.get(at) ?? [])];
  for (const joined of promises) {
    const targets = [...(left.get(joined) ?? [])];
    const circular = new Set(targets.filter((target) => reaches(nextOf, target, joined)));
    if (circular.size === 0) continue;
    circles.set(joined, circular);
    left.set(joined, new Set(targets.filter((target) => !circular.has(target))));
  }
  return circles;
}
