import type { Book, Joined } from './explain-joined.js';
import { linksOf, takesOff } from './explain-links.js';
import { circularEdges, type Edges } from './explain-reach.js';
import { isShareOf, sharersOf, type Shares } from './explain-shares.js';

/**
 * The links between promises that close a circle, to be left out so that the earliest known of it counts (rule M3).
 * They are told promise by promise: which targets a promise's links reach back from.
 */
export type Circles = Edges;

/** A promise that is a share of the very one it links to makes no circle: its link takes nothing off. */
function linkEdges(book: Book, shares: Shares): Edges {
  const edges = new Map<Joined, Set<Joined>>();
  for (const joined of book.joined)
    for (const link of linksOf(joined)) {
      const target = book.joinedOf.get(link.target);
      if (!target || isShareOf(shares, joined, target) || !takesOff(book, joined, link)) continue;
      edges.set(joined, (edges.get(joined) ?? new Set()).add(target));
    }
  return edges;
}

/** Circles of links, also those that go through a group by a share of it; the share stands. */
export function circlesOf(book: Book, shares: Shares): Circles {
  const ofShares = new Map([...shares.keys()].map((group) => [group, sharersOf(shares, group)]));
  return circularEdges(book.joined, linkEdges(book, shares), ofShares);
}
