import { day, nextDay, nameOf, type Change, type Json, type MendedEvent } from '#libs/contracts';
import type { Refusal } from '../refusal.js';
import type { Corrected } from './corrected.js';

export const KNOWN_SINCE = '/known_since';

const asText = (value: Json | undefined): string => (value === undefined ? 'nothing' : JSON.stringify(value));

/** Whether a known date stands in the event's own words: given with it, or by a change since. */
function isGiven({ event, knownSince }: MendedEvent): boolean {
  return event.data.known_since !== undefined || knownSince !== event.knownSince;
}

function refuseValue(before: MendedEvent, to: Json | undefined, field: string): Refusal[] {
  const latest = nextDay(before.event.recordedAt.slice(0, 10));
  const given = day.safeParse(to);
  if (!given.success)
    return [
      {
        rule: 'change-breaks-schema',
        field: `${field}/to`,
        detail: `/known_since would be ${asText(to)}, which is no day.`,
        mend: 'Give a day, YYYY-MM-DD; every event has a known date, so that it cannot be taken away.',
      },
    ];
  if (given.data <= latest) return [];
  return [
    {
      rule: 'known-since-after-record',
      field: `${field}/to`,
      detail: `${nameOf(before.event)} was recorded on ${before.event.recordedAt.slice(0, 10)} (UTC): it cannot have become known on ${given.data}.`,
      mend: `Give a day not later than ${latest}.`,
    },
  ];
}

/**
 * A known date is stored once; only a recording error may mend it, from a date that stands to one not later than the
 * day after the event was recorded. Where none was given with the event, `from` may be left out.
 */
export function refuseKnownSinceChange(
  before: MendedEvent,
  record: Corrected,
  change: Change,
  field: string,
): Refusal[] {
  if (record.data.because !== 'recording-error')
    return [
      {
        rule: 'known-since-basis',
        field: '/because',
        detail: 'A known date is mended only where we recorded it wrongly.',
        mend: 'Give because: recording-error, or leave /known_since as it is.',
      },
    ];
  const matches = change.from === before.knownSince || (change.from === undefined && !isGiven(before));
  if (!matches)
    return [
      {
        rule: 'stale-from',
        field: `${field}/from`,
        detail: `${nameOf(before.event)} is known since ${before.knownSince}, not ${asText(change.from)}.`,
        mend: `Send ${before.knownSince} as from.`,
      },
    ];
  return refuseValue(before, change.to, field);
}
