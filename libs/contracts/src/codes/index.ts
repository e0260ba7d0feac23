import { CATEGORY_LIST } from './categories.js';
import { codesOf, type CodeList } from './code-list.js';
import { ENGAGEMENT_FORM_LIST, ENGAGEMENT_LEVEL_LIST, INCIDENT_FORM_LIST, STATEMENT_FORM_LIST } from './forms.js';
import { AGREEMENT_INSTRUMENT_LIST, AGREEMENT_MANNER_LIST, PLEDGE_INSTRUMENT_LIST } from './instruments.js';
import { MEASURE_FORM_LIST, MEASURE_STEP_LIST } from './measures.js';
import { BINDING_LIST, COUNTING_LIST, HANDOVER_LIST, NEWNESS_LIST, QUALIFIER_LIST, SIDE_LIST } from './money.js';
import { BECAUSE_LIST, CONFIDENCE_LIST, HOLDS_LIST, KNOWN_BASIS_LIST, STANCE_LIST, STANDING_LIST } from './records.js';
import { PARTY_ROLE_LIST, RELATION_LIST } from './relations.js';
import { TOPIC_LIST } from './topics.js';

/** Every closed code list by the name of its file in events/codes, with what it is for. */
export const CODE_LISTS: Readonly<Record<string, { readonly title: string; readonly codes: CodeList }>> = {
  'agreement-instruments': { title: 'What kind of text an agreement is', codes: AGREEMENT_INSTRUMENT_LIST },
  'agreement-manners': { title: 'How an agreement was made', codes: AGREEMENT_MANNER_LIST },
  bindings: { title: 'What allocated money is bound to', codes: BINDING_LIST },
  because: { title: 'Why a record puts an event right', codes: BECAUSE_LIST },
  categories: {
    title: 'What a promise is for, with the nearest class of the Kiel tracker and the DAC purpose code',
    codes: CATEGORY_LIST,
  },
  confidence: { title: 'How sure an entry is', codes: CONFIDENCE_LIST },
  counting: { title: 'How the sum of a draw is to be read', codes: COUNTING_LIST },
  'engagement-forms': { title: 'In what form parties met', codes: ENGAGEMENT_FORM_LIST },
  'engagement-levels': { title: 'On what level parties met', codes: ENGAGEMENT_LEVEL_LIST },
  handover: { title: 'How far goods have come', codes: HANDOVER_LIST },
  holds: { title: 'What a settlement finds', codes: HOLDS_LIST },
  'incident-forms': { title: 'What kind of incident it was', codes: INCIDENT_FORM_LIST },
  'known-basis': { title: 'On what ground a known date stands', codes: KNOWN_BASIS_LIST },
  'measure-forms': { title: 'What kind of measure it is', codes: MEASURE_FORM_LIST },
  'measure-steps': { title: 'By what step a measure is advanced', codes: MEASURE_STEP_LIST },
  newness: { title: 'Whether the donor calls a promise new', codes: NEWNESS_LIST },
  'party-roles': { title: 'What part a party had', codes: PARTY_ROLE_LIST },
  'pledge-instruments': { title: 'How money is given', codes: PLEDGE_INSTRUMENT_LIST },
  qualifiers: { title: 'How exactly a sum or number was told', codes: QUALIFIER_LIST },
  relations: { title: 'What one thing is to another', codes: RELATION_LIST },
  sides: { title: 'Whose word of a draw it is', codes: SIDE_LIST },
  stances: { title: 'Where somebody stands on a topic', codes: STANCE_LIST },
  standing: { title: 'Of what kind a source is', codes: STANDING_LIST },
  'statement-forms': { title: 'In what form something was said', codes: STATEMENT_FORM_LIST },
  topics: { title: 'What a stance is about', codes: TOPIC_LIST },
};

export const AGREEMENT_INSTRUMENTS = codesOf(AGREEMENT_INSTRUMENT_LIST);
export const AGREEMENT_MANNERS = codesOf(AGREEMENT_MANNER_LIST);
export const BECAUSE = codesOf(BECAUSE_LIST);
export const BINDINGS = codesOf(BINDING_LIST);
export const CATEGORIES = codesOf(CATEGORY_LIST);
export const CONFIDENCES = codesOf(CONFIDENCE_LIST);
export const COUNTINGS = codesOf(COUNTING_LIST);
export const ENGAGEMENT_FORMS = codesOf(ENGAGEMENT_FORM_LIST);
export const ENGAGEMENT_LEVELS = codesOf(ENGAGEMENT_LEVEL_LIST);
export const HANDOVERS = codesOf(HANDOVER_LIST);
export const HOLDS = codesOf(HOLDS_LIST);
export const INCIDENT_FORMS = codesOf(INCIDENT_FORM_LIST);
export const KNOWN_BASES = codesOf(KNOWN_BASIS_LIST);
export const MEASURE_FORMS = codesOf(MEASURE_FORM_LIST);
export const MEASURE_STEPS = codesOf(MEASURE_STEP_LIST);
export const NEWNESSES = codesOf(NEWNESS_LIST);
export const PARTY_ROLES = codesOf(PARTY_ROLE_LIST);
export const PLEDGE_INSTRUMENTS = codesOf(PLEDGE_INSTRUMENT_LIST);
export const QUALIFIERS = codesOf(QUALIFIER_LIST);
export const RELATIONS = codesOf(RELATION_LIST);
export const SIDES = codesOf(SIDE_LIST);
export const STANCES = codesOf(STANCE_LIST);
export const STANDINGS = codesOf(STANDING_LIST);
export const STATEMENT_FORMS = codesOf(STATEMENT_FORM_LIST);
export const TOPICS = codesOf(TOPIC_LIST);
