import { jsonEqual, tellAt, valueAt, type Change, type Day, type Json, type MendedEvent } from '#libs/contracts';
import { evolve, type History } from '../history.js';
import type { Refusal } from '../refusal.js';
import { mendedAbout } from './about.js';
import { KNOWN_SINCE, refuseKnownSinceChange } from './change-known-since.js';
import { wrongPath } from './change-path.js';
import { dataAt, refuseBrokenContext, refuseBrokenSchema } from './corrected-data.js';
import type { Corrected } from './corrected.js';

/** Longest text of a value in a sentence, in characters. */
const SHOWN = 200;

const shown = (value: Json | undefined): string => {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
};

/** The day from which a change holds: contracts' fold of the history with the record at its end says. */
function dayOfEffect(after: MendedEvent, record: Corrected, change: Change): Day {
  const step = after.steps.find(
    (one) => one.version === record.version && one.kind === 'change' && one.change === change,
  );
  return step?.effect ?? after.knownSince;
}

function refuseSameValue(change: Change, field: string): Refusal[] {
  if (!jsonEqual(change.from ?? null, change.to ?? null)) return [];
  return [
    {
      rule: 'no-change',
      field,
      detail: `${change.path} is to be changed from ${shown(change.from)} to the same.`,
      mend: 'Leave this change out.',
    },
  ];
}

function refusePath(before: MendedEvent, day: Day, change: Change, field: string): Refusal[] {
  const isName = change.path === '/slug';
  const wrong = isName ? 'The slug is the name of the stream.' : wrongPath(dataAt(before, day), change);
  if (wrong === undefined) return [];
  return [
    {
      rule: isName ? 'slug-mismatch' : 'path-unknown',
      field: `${field}/path`,
      detail: `${change.path} cannot be changed: ${wrong}`,
      mend: isName
        ? 'Retract the stream and open another.'
        : 'Replace the array whole, or name an element of it by its id.',
    },
  ];
}

function refuseStaleFrom(
  before: MendedEvent,
  after: MendedEvent,
  record: Corrected,
  change: Change,
  field: string,
): Refusal[] {
  const day = dayOfEffect(after, record, change);
  const findings = tellAt(after, day)?.findings ?? [];
  if (!findings.some((one) => one.version === record.version && one.path === change.path)) return [];
  return [
    {
      rule: 'stale-from',
      field: `${field}/from`,
      detail: `On ${day}, from which this takes effect, ${shown(valueAt(dataAt(before, day), change.path))} stands at ${change.path}, not ${shown(change.from)}.`,
      mend: 'Read the entry as known on that day, and send what stands there as from; leave from out where nothing does.',
    },
  ];
}

function refuseChange(before: MendedEvent, after: MendedEvent, record: Corrected, index: number): Refusal[] {
  const change = record.data.changes[index];
  if (change === undefined) return [];
  const field = `/changes/${index}`;
  const same = refuseSameValue(change, field);
  if (same.length > 0) return same;
  if (change.path === KNOWN_SINCE) return refuseKnownSinceChange(before, record, change, field);
  const path = refusePath(before, dayOfEffect(after, record, change), change, field);
  return path.length > 0 ? path : refuseStaleFrom(before, after, record, change, field);
}

/**
 * What stands against a correction: a change of nothing, a `from` that does not stand on the day from which the change
 * takes effect, data that would not be valid on some known day, or that its context would not take.
 */
export function refuseCorrection(history: History, record: Corrected): Refusal[] {
  const before = mendedAbout(history, record);
  const after = mendedAbout(evolve(history, record), record);
  const refusals = record.data.changes.flatMap((_, index) => refuseChange(before, after, record, index));
  if (refusals.length > 0) return refusals;
  const broken = refuseBrokenSchema(after, record);
  return broken.length > 0 ? broken : refuseBrokenContext(history, before, after, record);
}
