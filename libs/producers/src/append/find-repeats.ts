import { findByIdentities, type Queryable } from '#libs/journal';
import type { ConflictError } from '#libs/platform';
import type { CheckedEvent } from '../check/check-event.js';
import { produced, type Produced } from './outcome.js';
import { identityConflict } from './refusals.js';

/** What stands under an event's identity: the event itself, or another one. */
export type Standing = { readonly repeat: Produced } | { readonly conflict: ConflictError };

const identityOf = ({ source, id }: { source: string; id: string }): string => JSON.stringify([source, id]);

/**
 * What stands under the identities of some events; no entry where nothing does. It is answered before any refusal of the
 * event: a repeat gets the first result, however the stream went on since.
 */
export async function findRepeats(
  db: Queryable,
  events: readonly CheckedEvent[],
): Promise<ReadonlyMap<CheckedEvent, Standing>> {
  if (events.length === 0) return new Map();
  const rows = await findByIdentities(
    db,
    'journal',
    events.map(({ event }) => event),
  );
  const standing = new Map(rows.map((row) => [identityOf(row), row]));
  return new Map(
    events.flatMap((checked): [CheckedEvent, Standing][] => {
      const row = standing.get(identityOf(checked.event));
      if (row === undefined) return [];
      if (row.fingerprint !== checked.fingerprint)
        return [[checked, { conflict: identityConflict(checked, `${row.stream}@${row.version}`) }]];
      return [[checked, { repeat: produced(row.stream, row.id, row, true) }]];
    }),
  );
}
