import type { Book, Joined } from './explain-joined.js';
import { linksOf, takesOff } from './explain-links.js';

/**
 * The links between promises that close a circle, to be left out so that the earliest known of it counts (rule M3).
 * They are told promise by promise: which targets a promise's links reach back from.
 */
export type Circles = ReadonlyMap<Joined, ReadonlySet<Joined>>;

type Edges = Map<Joined, Set<Joined>>;

function edgesOf(book: Book): Edges {
  const edges: Edges = new Map();
  for (const joined of book.joined)
    for (const link of linksOf(joined)) {
      const target = book.joinedOf.get(link.target);
      if (!target || !takesOff(book, joined, link)) continue;
      edges.set(joined, (edges.get(joined) ?? new Set()).add(target));
    }
  return edges;
}

function reaches(edges: Edges, from: Joined, goal: Joined): boolean {
  const [met, open] = [new Set([from]), [from]];
  for (let at = open.pop(); at; at = open.pop()) {
    if (at === goal) return true;
    for (const next of edges.get(at) ?? []) {
      if (met.has(next)) continue;
      met.add(next);
      open.push(next);
    }
  }
  return false;
}

/** Walks the promises earliest first: the links by which one comes back to itself are left out, and the rest stand. */
export function circlesOf(book: Book): Circles {
  const edges = edgesOf(book);
  const circles = new Map<Joined, Set<Joined>>();
  for (const joined of book.joined) {
    const targets = edges.get(joined) ?? new Set();
    const circular = new Set([...targets].filter((target) => reaches(edges, target, joined)));
    if (circular.size === 0) continue;
    circles.set(joined, circular);
    edges.set(joined, new Set([...targets].filter((target) => !circular.has(target))));
  }
  return circles;
}
