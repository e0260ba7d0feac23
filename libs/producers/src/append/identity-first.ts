import { findByIdentity, type Queryable } from '#libs/journal';
import type { CheckedEvent } from '../check/check-event.js';
import { produced, type Produced } from './outcome.js';
import { identityConflict } from './refusals.js';

/**
 * What stands under an event's identity is answered before any refusal of it: a repeat gets the first result, however
 * the stream went on since.
 * @throws ConflictError where another event stands there
 */
export async function findRepeat(db: Queryable, checked: CheckedEvent): Promise<Produced | undefined> {
  const { source, id } = checked.event;
  const standing = await findByIdentity(db, 'journal', source, id);
  if (standing === null) return undefined;
  if (standing.fingerprint !== checked.fingerprint)
    throw identityConflict(checked, `${standing.stream}@${standing.version}`);
  return produced(standing.stream, id, standing, true);
}
