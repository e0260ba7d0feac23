import type { CodeList } from './code-list.js';

/** How exactly a sum or a number was told. */
export const QUALIFIER_LIST = {
  exact: { says: 'As told, without any hedge.' },
  'up-to': { says: 'At most so much.' },
  'at-least': { says: 'So much or more.' },
  approximate: { says: 'About so much.' },
} as const satisfies CodeList;

/** What a promise says of itself; never used for counting. */
export const NEWNESS_LIST = {
  new: { says: 'The donor calls it new.' },
  'previously-announced': { says: 'The donor says that it was announced before.' },
  mixed: { says: 'The donor calls a part of it new.' },
  unstated: { says: 'The donor does not say.' },
} as const satisfies CodeList;

/** How far goods have come. */
export const HANDOVER_LIST = {
  dispatched: { says: 'Sent on its way.' },
  staged: { says: 'In a third country, on the way.' },
  'handed-over': { says: 'With its receiver: only this is delivered.' },
} as const satisfies CodeList;

/** How the sum of a draw is to be read. */
export const COUNTING_LIST = {
  increment: { says: 'So much more.' },
  cumulative: { says: 'So much in all, up to the end of what occurred.' },
} as const satisfies CodeList;

/** Whose word of a draw it is. */
export const SIDE_LIST = {
  sent: { says: "The giver's word." },
  received: { says: "The receiver's word." },
} as const satisfies CodeList;

/** What money is bound to when it is allocated. */
export const BINDING_LIST = {
  executor: { says: 'Somebody who carries it out.' },
  contract: { says: 'A contract.' },
  fund: { says: 'A fund that pays.' },
  'budget-year': { says: 'The budget of a year.' },
} as const satisfies CodeList;
