import type { TellingEvent } from '#libs/contracts';
import type { Refusal } from '../refusal.js';
import { refuseUnknownOwnLines } from '../stream/own-lines.js';

export type EngagementEvent = Extract<TellingEvent, { type: `litopys.engagement.${string}` }>;

const NO_LINES: ReadonlySet<string> = new Set();

/** What stands against an event of an engagement: nothing but a line of its own, which it has not. */
export function decideEngagement(event: EngagementEvent): Refusal[] {
  switch (event.type) {
    case 'litopys.engagement.held.v1':
      return refuseUnknownOwnLines(event, NO_LINES);
    default:
      return event.type satisfies never;
  }
}
