import type { CodeList } from './code-list.js';

/** In what form something was said. */
export const STATEMENT_FORM_LIST = {
  'press-conference': { says: 'Said to the press, with questions.' },
  speech: { says: 'Said to an audience.' },
  address: { says: 'Said to a parliament, an assembly or the nation.' },
  figures: { says: 'Published numbers: a table, a total, a report.' },
  'joint-statement': { says: 'Said together by several.' },
  message: { says: 'A message of greeting, thanks or condolence.' },
  proposal: { says: 'An idea put forward that binds nobody.' },
  readout: { says: "One side's account of a call or meeting." },
  letter: { says: 'Written to somebody, and public.' },
  protest: { says: 'A formal protest or summons of a diplomat.' },
  post: { says: 'Written on a social network.' },
  briefing: { says: 'Said by a spokesperson to the press.' },
  interview: { says: 'Said in answer to one outlet.' },
  unstated: { says: 'No source says in what form.' },
} as const satisfies CodeList;

/** In what form parties met. */
export const ENGAGEMENT_FORM_LIST = {
  visit: { says: "A journey to the other's country, or to a third for the other's sake." },
  meeting: { says: 'A meeting of two or more sides.' },
  call: { says: 'A conversation by telephone or video.' },
  summit: { says: 'A meeting of heads of state or government of several countries.' },
  ceremony: { says: 'A ceremony, an inauguration, a commemoration.' },
  conference: { says: 'A conference of many participants.' },
  'observation-mission': { says: 'Observers are at an election.' },
  'trade-mission': { says: 'Business people travel with or for a government.' },
} as const satisfies CodeList;

/** On what level parties met: the highest of those present. */
export const ENGAGEMENT_LEVEL_LIST = {
  'head-of-state-or-government': { says: 'President, prime minister, monarch or governor general.' },
  minister: { says: 'Ministers.' },
  official: { says: 'Ambassadors, deputy ministers and other officials.' },
  parliament: { says: 'Members of parliaments.' },
  other: { says: 'None of these.' },
} as const satisfies CodeList;

/** What was done to, or by, those whom the chronology is about, and is no measure of theirs. */
export const INCIDENT_FORM_LIST = {
  'aircraft-downing': { says: 'An aircraft is shot down.' },
  annexation: { says: 'A territory is declared part of another state.' },
  invasion: { says: 'Armed forces enter another country.' },
  attack: { says: 'A strike on a place or on people.' },
  'dam-destruction': { says: 'A dam is destroyed.' },
  'naval-seizure': { says: 'Ships are seized at sea.' },
  vote: { says: 'A vote or referendum that others do not recognise.' },
  affair: { says: 'An affair in public life that strains relations.' },
  other: { says: 'None of these.' },
} as const satisfies CodeList;
