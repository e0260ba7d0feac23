import type { CodeList } from './code-list.js';

/** Why a record puts an event right. */
export const BECAUSE_LIST = {
  'recording-error': { says: 'We told it wrongly: it holds from when the wrong value was told.' },
  'source-corrected': { says: 'The source itself took it back.' },
  'better-source': { says: 'A better source says otherwise.' },
  clarified: { says: 'What was unclear has been made clear.' },
} as const satisfies CodeList;

/** What a settlement finds. */
export const HOLDS_LIST = {
  entry: { says: 'The entry was right.' },
  rival: { says: 'The rival reading was right; only a correction changes the entry.' },
  neither: { says: 'Neither was right.' },
  both: { says: 'They do not contradict each other.' },
} as const satisfies CodeList;

/** Of what kind a source is. */
export const STANDING_LIST = {
  official: { says: 'A government, a parliament, a court, a treaty text.' },
  press: { says: 'An outlet or agency.' },
  reference: { says: 'A book, an encyclopedia, a database.' },
  memory: { says: 'Told from memory, without a text at hand.' },
} as const satisfies CodeList;

/** On what ground it is said since when something was known. */
export const KNOWN_BASIS_LIST = {
  source: { says: 'A page of that day.' },
  stated: { says: 'A younger page says so.' },
  presumed: { says: 'A public act is known on its own day.' },
} as const satisfies CodeList;

/** How sure it is. */
export const CONFIDENCE_LIST = {
  high: { says: 'An official text, or several independent sources.' },
  medium: { says: 'One good source.' },
  low: { says: 'A source that cannot be checked, or memory.' },
} as const satisfies CodeList;

/** Where somebody stands on a topic. */
export const STANCE_LIST = {
  supports: { says: 'Is for it.' },
  opposes: { says: 'Is against it.' },
  conditional: { says: 'Is for it under a condition.' },
  neutral: { says: 'Takes no side.' },
} as const satisfies CodeList;
