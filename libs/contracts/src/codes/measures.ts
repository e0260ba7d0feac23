import type { CodeList } from './code-list.js';

/** What kind of act of one side a measure is, or what passes through a body. */
export const MEASURE_FORM_LIST = {
  recognition: { says: 'A state recognises another, or what it did.' },
  sanctions: { says: 'Persons, bodies or goods are put under sanctions.' },
  'trade-control': { says: 'Tariffs, permits, bans and remissions of trade.' },
  legislation: { says: 'A law or regulation.' },
  motion: { says: 'A motion or resolution of a chamber.' },
  appropriation: { says: 'A parliament grants money for a purpose.' },
  'training-mission': { says: 'Forces are sent to train others.' },
  'diplomatic-mission': { says: 'An embassy or consulate, or what becomes of it.' },
  appointment: { says: 'Somebody is given an office, or leaves it.' },
  recall: { says: 'A diplomat is called home, or sent away.' },
  membership: { says: 'A state or body joins, leaves, or is left out of a group.' },
  'joint-body': { says: 'A working group, commission or fund is set up.' },
  visa: { says: 'Rules of entry and stay.' },
  litigation: { says: 'A case before a court or tribunal.' },
  seizure: { says: 'Property is seized, frozen or forfeited.' },
  'data-sharing': { says: 'Data or images are given to another.' },
  other: { says: 'None of these.' },
} as const satisfies CodeList;

/** A step by which a measure is advanced. */
export const MEASURE_STEP_LIST = {
  notice: { says: 'Notice of it is given.' },
  introduced: { says: 'A bill is introduced, or its first reading passed.' },
  moved: { says: 'A motion is moved.' },
  'second-reading': { says: 'A bill passes its second reading.' },
  committee: { says: 'A committee has dealt with it.' },
  'third-reading': { says: 'A bill passes its third reading.' },
  'adopted-by-chamber': { says: 'One chamber adopts it.' },
  assent: { says: 'It receives royal assent, or the head of state signs it.' },
  requested: { says: 'Money for it is asked of a parliament.' },
  notified: { says: 'The other side is told of it in form.' },
  'relations-established': { says: 'Diplomatic relations are established by it.' },
  opened: { says: 'A mission or office begins its work.' },
  inaugurated: { says: 'A mission or office is opened with a ceremony.' },
  'raised-to-embassy': { says: 'A mission becomes an embassy.' },
  accredited: { says: 'A head of mission presents credentials.' },
  closed: { says: 'A mission or office ends its work.' },
  relocated: { says: 'A mission or its staff moves to another place.' },
  begun: { says: 'What was decided begins.' },
  filed: { says: 'A case or a pleading is filed.' },
  heard: { says: 'A court hears a case.' },
  decided: { says: 'A court decides a case, or a part of it.' },
  other: { says: 'None of these.' },
} as const satisfies CodeList;
