import { isTelling, mend, nameOf, splitName, type MendedEvent, type RecordEvent } from '#libs/contracts';
import type { History } from '../history.js';
import type { Refusal } from '../refusal.js';

type AboutRule = 'about-other-stream' | 'about-unknown' | 'about-record';

function refusal(rule: AboutRule, detail: string, mend: string): Refusal {
  return { rule, field: '/about', detail, mend };
}

/** A record is about an event of its own stream that tells something; another correction is no such event. */
export function refuseAbout(history: History, record: RecordEvent): Refusal[] {
  const { about } = record.data;
  const { stream, version } = splitName(about);
  if (stream !== record.stream)
    return [
      refusal('about-other-stream', `${about} is no event of ${record.stream}.`, `Send the record to ${stream}.`),
    ];
  const event = history.find((one) => one.version === version);
  if (event === undefined)
    return [
      refusal(
        'about-unknown',
        `${about} is not there: ${record.stream} has ${history.length} events.`,
        'Check the version.',
      ),
    ];
  if (isTelling(event)) return [];
  const told = 'about' in event.data ? event.data.about : nameOf(event);
  return [refusal('about-record', `${about} is a record itself.`, `Name the event that it is about: ${told}.`)];
}

/** The event that a record is about, with all that records do to it. @throws where {@link refuseAbout} refuses */
export function mendedAbout(history: History, record: RecordEvent): MendedEvent {
  const { version } = splitName(record.data.about);
  const mended = mend(history).find(({ event }) => event.version === version);
  if (mended === undefined) throw new RangeError(`no event ${record.data.about}`);
  return mended;
}
