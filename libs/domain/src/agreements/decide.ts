import type { TellingEvent } from '#libs/contracts';
import type { Refusal } from '../refusal.js';
import { refuseUnknownOwnLines } from '../stream/own-lines.js';

export type AgreementEvent = Extract<TellingEvent, { type: `litopys.agreement.${string}` }>;

const NO_LINES: ReadonlySet<string> = new Set();

/** What stands against an event of an agreement: nothing but a line of its own, which it has not. */
export function decideAgreement(event: AgreementEvent): Refusal[] {
  switch (event.type) {
    case 'litopys.agreement.signed.v1':
      return refuseUnknownOwnLines(event, NO_LINES);
    default:
      return event.type satisfies never;
  }
}
