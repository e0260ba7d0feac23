import { isRetractionStep, type MendedEvent, type RecordEvent, type RetractionStep } from '#libs/contracts';
import { evolve, isRetracted, LAST_DAY, type History } from '../history.js';
import type { Refusal } from '../refusal.js';
import { mendedAbout } from './about.js';

type Retracted = Extract<RecordEvent, { type: 'litopys.record.retracted.v1' }>;
type Reinstated = Extract<RecordEvent, { type: 'litopys.record.reinstated.v1' }>;

function alreadyRetracted(about: string, since: string): Refusal[] {
  return [
    {
      rule: 'already-retracted',
      field: '/about',
      detail: `${about} stands retracted already${since}.`,
      mend: 'Nothing is left to do; to retract the whole stream, name an event of it that stands.',
    },
  ];
}

/** What the record itself does to the event, and from which day. */
function stepOf(mended: MendedEvent, version: number) {
  return mended.steps.filter(isRetractionStep).find((step) => step.version === version);
}

/** What holds in the end, in this scope. */
function lastStep(mended: MendedEvent, scope: RetractionStep['scope']): RetractionStep | undefined {
  return mended.steps
    .filter(isRetractionStep)
    .filter((step) => step.scope === scope)
    .at(-1);
}

/** The opposite of the record holds from a later day on: it would be accepted, and come to nothing. */
function doesNothing(
  rule: 'retracts-nothing' | 'reinstates-nothing',
  about: string,
  step: RetractionStep,
  last: RetractionStep | undefined,
): Refusal[] {
  const [undone, undoing] =
    rule === 'retracts-nothing' ? ['stands again', 'the reinstatement'] : ['is retracted again', 'the retraction'];
  const day = last?.effect ?? step.effect;
  return [
    {
      rule,
      field: '/about',
      detail: `${about} ${undone} from ${day} on, by version ${last?.version ?? 'unknown'}: what takes effect on ${step.effect} would not last.`,
      mend: `Give a known_since not earlier than ${day}, the day of ${undoing}, and a because other than recording-error.`,
    },
  ];
}

/**
 * A retraction takes out what stands. A whole stream is retracted by naming an event that is not retracted by itself:
 * a reinstatement repeats that name, and must mean one retraction only.
 */
export function refuseRetraction(history: History, record: Retracted): Refusal[] {
  const before = mendedAbout(history, record);
  const { about } = record.data;
  if (isRetracted(before, 'event', LAST_DAY)) return alreadyRetracted(about, '');
  const after = mendedAbout(evolve(history, record), record);
  const step = stepOf(after, record.version);
  if (!step) return [];
  if (isRetracted(before, step.scope, step.effect))
    return alreadyRetracted(about, ` on ${step.effect}, from which this takes effect`);
  if (isRetracted(after, step.scope, LAST_DAY)) return [];
  return doesNothing('retracts-nothing', about, step, lastStep(after, step.scope));
}

function notRetracted(about: string, detail: string, mend: string): Refusal[] {
  return [{ rule: 'not-retracted', field: '/about', detail: `${about} ${detail}`, mend }];
}

/** A reinstatement undoes a retraction that holds on the day from which it takes effect. */
export function refuseReinstatement(history: History, record: Reinstated): Refusal[] {
  const before = mendedAbout(history, record);
  const after = mendedAbout(evolve(history, record), record);
  const step = stepOf(after, record.version);
  const { about } = record.data;
  if (!step || !isRetracted(before, step.scope, LAST_DAY))
    return notRetracted(about, 'is not retracted.', 'Name in about what the retraction names.');
  if (isRetracted(before, step.scope, step.effect))
    return isRetracted(after, step.scope, LAST_DAY)
      ? doesNothing('reinstates-nothing', about, step, lastStep(after, step.scope))
      : [];
  return notRetracted(
    about,
    `is not retracted yet on ${step.effect}, from which this takes effect.`,
    'Give a known_since not earlier than the retraction’s own.',
  );
}
