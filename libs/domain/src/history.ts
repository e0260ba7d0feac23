import { isRetractionStep, type Day, type MendedEvent, type StreamEvent } from '#libs/contracts';

/**
 * The events of one stream in version order; empty for a stream that never was. It is the whole state of a decision:
 * records change what earlier events say, each from its own date on, so that anything less would be a second fold to
 * keep in step with contracts' `mend`.
 */
export type History = readonly StreamEvent[];

/** The known day at which everything is known. */
export const LAST_DAY: Day = '9999-12-31';

/** The history after one more event. */
export const evolve = (history: History, event: StreamEvent): History => [...history, event];

/** The version at which a stream stands; 0 before its first event. */
export const versionOf = (history: History): number => history.at(-1)?.version ?? 0;

/** Whether an event stands retracted at a known day: by itself, or with its whole stream. */
export function isRetracted(mended: MendedEvent, scope: 'event' | 'stream', day: Day): boolean {
  const last = mended.steps
    .filter((step) => isRetractionStep(step) && step.scope === scope && step.effect <= day)
    .at(-1);
  return last?.kind === 'retract';
}
