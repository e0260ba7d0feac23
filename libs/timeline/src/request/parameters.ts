import { z } from 'zod';
import {
  CATEGORIES,
  day,
  edtfBounds,
  EVENT_TYPE_NAMES,
  isEdtf,
  isRecord,
  KINDS,
  partyId,
  PLEDGE_INSTRUMENTS,
} from '#libs/contracts';
import { parameterNotes, type ParameterNotes } from '#libs/published';

function parameter<Schema extends z.ZodType>(
  schema: Schema,
  description: string,
  notes: ParameterNotes,
): z.ZodOptional<Schema> {
  const optional = schema.optional().meta({ description });
  parameterNotes.add(optional, notes);
  return optional;
}

const wholeNumber = z
  .string()
  .regex(/^\d{1,15}$/, 'not a whole number')
  .transform(Number);

/** Text that the database can hold. */
const plainText = z
  .string()
  .refine((text) => !text.includes('\0'), 'U+0000 is no text')
  .max(200);

const POSITION = { type: 'integer', minimum: 0 };

const recordedPlace = z.union(
  [wholeNumber, z.iso.datetime({ offset: true }).regex(/^(?!0000)/)],
  'neither a position nor an ISO time such as 2025-08-24T12:00:00Z',
);

/** Where on the axes of knowledge and record a read stands; left out: all that is known, all that is recorded. */
export const pins = {
  as_known_at: parameter(day, 'What a system fed only with events known by this day would answer.', {
    rule: 'day',
    mend: 'give a day such as 2025-08-24',
    sent: { type: 'string', format: 'date' },
  }),
  as_recorded_at: parameter(
    recordedPlace,
    'What this system, caught up, answered at this position or time: a position of the journal, or an ISO time.',
    {
      rule: 'position-or-time',
      mend: 'give a position such as 42, or a time such as 2025-08-24T12:00:00Z ("+" is sent as %2B)',
      sent: { anyOf: [POSITION, { type: 'string', format: 'date-time' }] },
    },
  ),
  min_position: parameter(wholeNumber, 'Wait until this position is projected: read what you wrote.', {
    rule: 'position',
    mend: 'give the position that an append answered',
    sent: POSITION,
  }),
};

/** Pages: an answer with a `next_cursor` goes on with `cursor=`, at the place of the first page. */
export const paging = {
  limit: parameter(
    wholeNumber.pipe(z.number().min(1, 'it lies below 1').max(200, 'it lies above 200')),
    'How many at most; 50 where it is left out.',
    {
      rule: 'limit',
      mend: 'give a number from 1 to 200, and page with cursor',
      sent: { type: 'integer', minimum: 1, maximum: 200, default: 50 },
    },
  ),
  cursor: parameter(z.string().max(2000), 'The `next_cursor` of the page before, with the same filters.', {
    rule: 'cursor',
    mend: 'begin again without cursor',
  }),
};

export const PAGE = 50;

/** One or several codes, with commas between. */
const codes = <Code extends string>(
  known: readonly Code[],
  description: string,
): z.ZodOptional<z.ZodType<Code[], string>> =>
  parameter(
    z
      .string()
      .transform((text) => text.split(','))
      .pipe(z.array(z.enum(known))),
    description,
    {
      rule: 'known-value',
      mend: 'give one of the known values, or several with commas between',
      sent: { type: 'string', examples: [known[0]] },
    },
  );

const code = <Code extends string>(
  known: readonly Code[],
  description: string,
): z.ZodOptional<z.ZodEnum<{ [K in Code]: K }>> =>
  parameter(z.enum(known), description, { rule: 'known-value', mend: 'give one of the known values' });

const party = (description: string): z.ZodOptional<typeof partyId> =>
  parameter(partyId, description, { rule: 'party', mend: 'give a party id such as state:ca or person:mark-carney' });

const vagueDay = z
  .string()
  .regex(/^\d{4}(-\d\d(-\d\d)?)?$/, 'not a day, month or year')
  .refine((text) => !/^\d{4}(-\d\d(-\d\d)?)?$/.test(text) || isEdtf(text), 'no such day in the calendar');

const dayNotes = {
  rule: 'day',
  mend: 'give a day, month or year such as 2025-08-24, 2025-08 or 2025',
  sent: { type: 'string' },
};

/** Days in the world that an entry must overlap; a month or a year means the whole of it. */
export const occurred = {
  occurred_from: parameter(
    vagueDay.transform((text) => edtfBounds(text).from ?? text),
    'Entries that reach to this day (or the first of this month or year) or later.',
    dayNotes,
  ),
  occurred_to: parameter(
    vagueDay.transform((text) => edtfBounds(text).to ?? text),
    'Entries that begin on this day (or the last of this month or year) or earlier.',
    dayNotes,
  ),
};

/** Types of events that are entries: all but those that put the record right. */
const ENTRY_TYPES = EVENT_TYPE_NAMES.filter((name) => !isRecord(name));

export const entryFilters = {
  ...occurred,
  kind: codes(KINDS, `Kinds of streams, with commas between: ${KINDS.join(', ')}.`),
  type: codes(ENTRY_TYPES, 'Event types, with commas between, such as pledge.announced or transfer.delivered.'),
  party: party('A party that is named in it, or on whose behalf somebody acts.'),
  q: parameter(plainText.trim().min(1), 'Words of title, summary, names, places and quotes; "a phrase", or, -not.', {
    rule: 'words',
    mend: 'give 1 to 200 characters',
  }),
};

export const pledgeFilters = {
  donor: party('Who gives.'),
  beneficiary: party('Who is given to.'),
  category: code(CATEGORIES, 'What for; a category takes in those below it.'),
  instrument: code(PLEDGE_INSTRUMENTS, 'How it is given.'),
};

/** The form of an answer, which `Accept` may ask for too. */
export const format = <Name extends string>(
  forms: Readonly<Record<Name, string>>,
): z.ZodOptional<z.ZodEnum<{ [K in Name]: K }>> =>
  code(
    Object.keys(forms) as Name[],
    `The form of the answer, whatever Accept says: ${Object.entries(forms)
      .map(([name, type]) => `${name} (${String(type)})`)
      .join(' or ')}.`,
  );

export const eventParameters = {
  after: parameter(wholeNumber, 'Events after this position; from the first where it is left out.', {
    rule: 'position',
    mend: 'give the next_after of the page before, or a position',
    sent: POSITION,
  }),
  source: parameter(plainText.min(1), 'With id: the event of that identity.', {
    rule: 'identity',
    mend: 'give the source of the event as it was sent',
  }),
  id: parameter(plainText.min(1), 'With source: the event of that identity.', {
    rule: 'identity',
    mend: 'give the id of the event as it was sent',
  }),
};
