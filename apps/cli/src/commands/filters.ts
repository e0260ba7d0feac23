import type { Command } from 'commander';
import type { Parameters } from '../ask-api.js';

/** Parameters of the API by path, each with what its option says; the options have the same names, with dashes. */
const PINS = {
  as_known_at: 'as it was known on a day',
  as_recorded_at: 'as it was recorded at a position or time',
  min_position: 'wait until this position is projected',
} as const;

const PAGES = { limit: 'at most so many (1 to 200)', cursor: 'go on after a page' } as const;

export const FILTERS = {
  entries: {
    occurred_from: 'happened on this day, month or year, or later',
    occurred_to: 'happened on this day, month or year, or earlier',
    kind: 'kinds of streams, with commas between',
    type: 'event types, with commas between, such as transfer.delivered',
    party: 'a party that is named in it',
    q: 'words; "a phrase", or, -not',
    ...PAGES,
    ...PINS,
  },
  pledges: {
    donor: 'who gives',
    beneficiary: 'who is given to',
    category: 'what for',
    instrument: 'how it is given',
    ...PAGES,
    ...PINS,
  },
  pledge: PINS,
  events: {
    after: 'after this position',
    source: 'with id: the event of that identity',
    id: 'with source: the event of that identity',
    limit: PAGES.limit,
    as_recorded_at: PINS.as_recorded_at,
  },
} as const;

export type Filtered = keyof typeof FILTERS;

const optionOf = (parameter: string): string => parameter.replaceAll('_', '-');

/** Adds an option for every parameter of a part of the API. */
export function addFilters(command: Command, filtered: Filtered): Command {
  for (const [parameter, says] of Object.entries(FILTERS[filtered]))
    command.option(`--${optionOf(parameter)} <value>`, says);
  return command;
}

/** The parameters that were given, under the API's own names. */
export function parametersOf(options: Readonly<Record<string, unknown>>, filtered: Filtered): Parameters {
  const named = Object.keys(FILTERS[filtered]).map((parameter) => {
    const value = options[parameter.replaceAll(/_(\w)/g, (_all, letter: string) => letter.toUpperCase())];
    return [parameter, typeof value === 'string' ? value : undefined] as const;
  });
  return Object.fromEntries(named);
}

/** Adds the forms in which a command can show what it found. */
export const addForms = (command: Command): Command =>
  command.option('--json', "the API's own answer").option('--csv', 'rows for a spreadsheet or a program');
