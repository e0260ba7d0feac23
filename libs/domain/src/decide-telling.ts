import type { TellingEvent } from '#libs/contracts';
import type { History } from './history.js';
import { decidePledge, isPledgeEvent } from './pledges/decide.js';
import type { Refusal } from './refusal.js';
import { refuseUnknownOwnLines } from './stream/own-lines.js';
import { decideTransfer, isTransferEvent } from './transfers/decide.js';

const NO_LINES: ReadonlySet<string> = new Set();

/**
 * What an event's context has against it, beside its history or as a correction of it would leave it. Agreements,
 * statements, engagements, incidents and measures refuse nothing that happens in the world: two signings, force without
 * a signing, or an end before a beginning are findings of the views. They have no lines that could be named, that is all.
 */
export function decideTelling(history: History, event: TellingEvent): Refusal[] {
  if (isPledgeEvent(event)) return decidePledge(history, event);
  if (isTransferEvent(event)) return decideTransfer(history, event);
  return refuseUnknownOwnLines(event, NO_LINES);
}
