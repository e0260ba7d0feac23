import {
  daysOfEffect,
  pointerSegments,
  pointersOverlap,
  schemaOf,
  shortType,
  tellAt,
  type Day,
  type Json,
  type MendedEvent,
  type TellingEvent,
} from '#libs/contracts';
import { decideTelling } from '../decide-telling.js';
import { LAST_DAY, type History } from '../history.js';
import type { Refusal } from '../refusal.js';
import { pointerTo } from './change-path.js';
import type { Corrected } from './corrected.js';

/** An event's data, in the version in which it is stored, as told at a known day; as stored before it was known. */
export const dataAt = ({ event, ...mended }: MendedEvent, day: Day): Json =>
  tellAt({ event, ...mended }, day)?.stored ?? event.stored?.data ?? event.data;

/** The change that a pointer into the data speaks of: the last that overlaps with it. */
function fieldOf(record: Corrected, pointer: string): string {
  const index = record.data.changes.findLastIndex((change) => pointer === '' || pointersOverlap(change.path, pointer));
  return index < 0 ? '/changes' : `/changes/${index}`;
}

/** At every known day the event must stay of its type; the views rely on it. */
export function refuseBrokenSchema(after: MendedEvent, record: Corrected): Refusal[] {
  const { type, stored } = after.event;
  const schema = schemaOf(shortType(type), stored?.version);
  for (const day of daysOfEffect(after)) {
    const data = dataAt(after, day);
    const result = schema.safeParse(data);
    if (!result.success)
      return result.error.issues.map((issue) => broken(record, day, pointerTo(data, issue.path), issue.message));
  }
  return [];
}

function broken(record: Corrected, day: Day, pointer: string, message: string): Refusal {
  return {
    rule: 'change-breaks-schema',
    field: fieldOf(record, pointer),
    detail: `On ${day} the event as changed would not be valid at ${pointer || 'its root'}: ${message}.`,
    mend: `Change ${pointer || 'the data'} to what the schema allows.`,
  };
}

/** What the event's context has against it as corrected, and had not before. */
export function refuseBrokenContext(
  history: History,
  before: MendedEvent,
  after: MendedEvent,
  record: Corrected,
): Refusal[] {
  const told = (mended: MendedEvent) =>
    ({ ...mended.event, data: tellAt(mended, LAST_DAY)?.data ?? mended.event.data }) as TellingEvent;
  const standing = new Set(decideTelling(history, told(before)).map(({ rule, detail }) => `${rule} ${detail}`));
  return decideTelling(history, told(after))
    .filter(({ rule, detail }) => !standing.has(`${rule} ${detail}`))
    .map((refusal) => ({
      ...refusal,
      field: fieldOf(record, pointerTo(dataAt(after, LAST_DAY), pointerSegments(refusal.field))),
    }));
}
