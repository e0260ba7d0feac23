import { isRecordEvent } from '#libs/contracts';
import { eventOf, recordedDay, type Command, type Decision } from './command.js';
import { decideTelling } from './decide-telling.js';
import type { History } from './history.js';
import { deriveKnownSince, refuseKnownSince } from './known-since.js';
import { decideRecord } from './record/decide.js';
import type { Refusal } from './refusal.js';
import { refuseContext } from './stream/context.js';
import { refuseOnRetracted } from './stream/retraction.js';
import { refuseSlug } from './stream/slug.js';

/** Rules that hold for every event of any stream; the first that is broken tells more than those after it. */
const FOR_EVERY_EVENT: readonly ((history: History, command: Command) => Refusal[])[] = [
  (_, command) => refuseContext(command),
  refuseSlug,
  refuseOnRetracted,
  (_, command) => refuseKnownSince(command.data, recordedDay(command)),
];

/**
 * Decides whether an event may be recorded: refused is what is impossible in the record, never what is odd in the world.
 *
 * @param history all events of the command's stream, in version order
 */
export function decide(history: History, command: Command): Decision {
  for (const refuse of FOR_EVERY_EVENT) {
    const refusals = refuse(history, command);
    if (refusals.length > 0) return refused(refusals);
  }
  const { knownSince, knownBasis } = deriveKnownSince(command.data, recordedDay(command));
  const event = eventOf(history, command, knownSince);
  const refusals = isRecordEvent(event) ? decideRecord(history, event) : decideTelling(history, event);
  return refusals.length > 0 ? refused(refusals) : { accepted: true, event, knownBasis };
}

function refused(refusals: readonly Refusal[]): Decision {
  return { accepted: false, refusals: refusals as [Refusal, ...Refusal[]] };
}
