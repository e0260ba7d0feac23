import type { CodeList } from './code-list.js';

/** How the money of a promise, or of one of its lines, is given. */
export const PLEDGE_INSTRUMENT_LIST = {
  grant: { says: 'Money that is not to be paid back.' },
  loan: { says: 'Money that is to be paid back, by whomever.' },
  guarantee: { says: 'A promise to pay a lender if the borrower does not; never spent money by itself.' },
  'in-kind': { says: 'Goods or services given instead of money, told by their value or by number.' },
  'debt-relief': { says: 'Debt that is forgiven, or its service put off.' },
  mixed: { says: 'Several of these that one sum covers together.' },
  unstated: { says: 'No source says how it is given.' },
} as const satisfies CodeList;

/** What kind of text an agreement is. */
export const AGREEMENT_INSTRUMENT_LIST = {
  treaty: { says: 'A treaty or convention that is ratified.' },
  agreement: { says: 'An agreement between governments or bodies that is called so.' },
  'loan-agreement': { says: 'An agreement by which one lends to another.' },
  'letter-of-intent': { says: 'A letter that says what its signatories intend.' },
  memorandum: { says: 'A memorandum of understanding, or one of assurances.' },
  'action-plan': { says: 'A list of steps that its parties adopt.' },
  'joint-declaration': { says: 'A declaration made together that commits those who make it.' },
  contract: { says: 'A contract for goods or services.' },
} as const satisfies CodeList;

/** How a text came to bind, or to hold, those who made it. */
export const AGREEMENT_MANNER_LIST = {
  signature: { says: 'It was signed.' },
  adoption: { says: 'It was adopted, by a vote or without, and not signed.' },
  'exchange-of-notes': { says: 'It was made by notes that say the same.' },
} as const satisfies CodeList;
