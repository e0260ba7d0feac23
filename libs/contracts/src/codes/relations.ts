import type { CodeList } from './code-list.js';

/** What one thing is to another; the inverse is derived. */
export const RELATION_LIST = {
  implements: { says: 'Carries out what the other decided or promised.' },
  'part-of': { says: "Its money is a part of the other promise's money." },
  'draws-on': { says: "It is paid from the other promise's money, an envelope or a budget." },
  'share-of': { says: "It is one donor's part of a group's promise." },
  'same-as': { says: 'It tells the same thing, once more.' },
  'distinct-from': { says: 'It looks like the other, and is not.' },
  supersedes: { says: 'It takes the place of the other.' },
  at: { says: 'It was made at that visit, summit or ceremony.' },
  about: { says: 'It speaks of the other.' },
  'responds-to': { says: 'It answers the other.' },
  reaffirms: { says: 'It says again what the other said.' },
  contradicts: { says: 'It says the opposite of the other.' },
  follows: { says: 'It comes after the other, and because of it.' },
} as const satisfies CodeList;

/** What part a party had in an event. */
export const PARTY_ROLE_LIST = {
  donor: { says: 'Gives, lends or guarantees.' },
  beneficiary: { says: 'Is to receive it, or to be better off by it.' },
  channel: { says: 'Passes it on: a fund, a bank, an organisation.' },
  executor: { says: 'Is bound to carry it out: a contractor, an agency.' },
  signatory: { says: 'Signs, adopts or exchanges notes.' },
  speaker: { says: 'Says it.' },
  host: { says: 'Receives the others.' },
  guest: { says: 'Is received.' },
  participant: { says: 'Takes part.' },
  author: { says: 'Takes the measure, or did what happened.' },
  target: { says: 'Is whom a measure or an incident is directed against.' },
  subject: { says: 'Is whom or what it is about.' },
} as const satisfies CodeList;
