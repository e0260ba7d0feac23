import type { TellingEvent } from '#libs/contracts';
import type { Refusal } from '../refusal.js';
import { refuseUnknownOwnLines } from '../stream/own-lines.js';

export type StatementEvent = Extract<TellingEvent, { type: `litopys.statement.${string}` }>;

const NO_LINES: ReadonlySet<string> = new Set();

/** What stands against an event of a statement: nothing but a line of its own, which it has not. */
export function decideStatement(event: StatementEvent): Refusal[] {
  switch (event.type) {
    case 'litopys.statement.issued.v1':
      return refuseUnknownOwnLines(event, NO_LINES);
    default:
      return event.type satisfies never;
  }
}
