/** What every answer of the API says of its place. */
export interface PlaceAnswer {
  readonly place: { readonly position: number; readonly as_known_at: string | null };
}

/** Where a table stands and how it goes on, below it. */
export function placeLine({ place }: PlaceAnswer, nextCursor: string | null = null): string {
  const known = place.as_known_at === null ? '' : `, as known at ${place.as_known_at}`;
  const next = nextCursor === null ? '' : `\nthere is more: --cursor ${nextCursor}`;
  return `at position ${place.position}${known}${next}`;
}
