import type { TellingEvent } from '#libs/contracts';
import { decideAgreement } from './agreements/decide.js';
import { decideEngagement } from './engagements/decide.js';
import type { History } from './history.js';
import { decidePledge } from './pledges/decide.js';
import type { Refusal } from './refusal.js';
import { decideStatement } from './statements/decide.js';

/** What the event's context has against it, beside its history or as a correction of it would leave it. */
export function decideTelling(history: History, event: TellingEvent): Refusal[] {
  switch (event.type) {
    case 'litopys.pledge.announced.v1':
    case 'litopys.pledge.itemized.v1':
    case 'litopys.pledge.restated.v1':
      return decidePledge(history, event);
    case 'litopys.agreement.signed.v1':
      return decideAgreement(event);
    case 'litopys.statement.issued.v1':
      return decideStatement(event);
    case 'litopys.engagement.held.v1':
      return decideEngagement(event);
    default:
      return event satisfies never;
  }
}
