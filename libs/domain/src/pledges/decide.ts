import type { Line, TellingEvent } from '#libs/contracts';
import type { History } from '../history.js';
import type { Refusal } from '../refusal.js';
import { refuseUnknownOwnLines } from '../stream/own-lines.js';
import { idsOf, lineOwners, linesIn, linesOfOthers } from './lines.js';
import { refuseCircles, refuseTakenIds, refuseUnknownWithin } from './refuse-lines.js';

export type PledgeEvent = Extract<TellingEvent, { type: `litopys.pledge.${string}` }>;

export const isPledgeEvent = (event: TellingEvent): event is PledgeEvent => event.type.startsWith('litopys.pledge.');

function refuseLines(history: History, event: PledgeEvent, others: readonly Line[]): Refusal[] {
  const lines = linesIn(event.data);
  if (lines.length === 0) return [];
  return [
    ...refuseTakenIds(lines, lineOwners(history), event.version),
    ...refuseUnknownWithin(lines, idsOf([...others, ...lines])),
    ...refuseCircles(lines, others),
  ];
}

/**
 * What stands against an event of a pledge. Sums are never looked at: lines over the total, or a second announcement,
 * are findings of the views.
 *
 * @param event the event at the end of the history, or one of it as a correction would leave it
 */
export function decidePledge(history: History, event: PledgeEvent): Refusal[] {
  const others = linesOfOthers(history, event.version);
  return [
    ...refuseLines(history, event, others),
    ...refuseUnknownOwnLines(event, idsOf([...others, ...linesIn(event.data)])),
  ];
}
