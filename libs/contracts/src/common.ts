import { z } from 'zod';
import { CURRENCIES } from './codes/currencies.js';
import * as codes from './codes/index.js';
import { AMOUNT } from './decimal.js';
import { isEdtf } from './edtf.js';
import type { Json } from './pointer.js';

/** The parts that events are made of. Every object is strict: an unknown key is refused by name. */

/** What is too long is looked at no further. */
const STOP = { abort: true } as const;

/** What a terminal, a feed or a page would obey, or that shows another order of letters than there is. */
const UNSEEN = /(?![\t\n])\p{Cc}|[\u202d\u202e]/u;
const READABLE = /[\p{L}\p{N}\p{P}\p{S}]/u;

const text = (max: number) =>
  z
    .string()
    .min(1)
    .max(max, STOP)
    .regex(/^\S([\s\S]*\S)?$/, 'text begins and ends with something to read: leave the white space out')
    .refine((value) => !UNSEEN.test(value), {
      message: 'text holds no control characters but tabs and line feeds, and nothing that turns its direction round',
      params: { rule: 'control-character' },
    })
    .refine((value) => value === '' || READABLE.test(value), {
      message: 'text that shows nothing: a letter, a digit or a sign is wanted',
      params: { rule: 'nothing-to-read' },
    });

export const slug = z
  .string()
  .regex(/^[a-z0-9-]{3,80}$/, 'a slug is 3 to 80 of a-z, 0-9 and "-"')
  .describe('The name of the stream that this event begins, without its kind.');

export const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, 'a day is YYYY-MM-DD')
  .refine((value) => !/^\d{4}-\d{2}-\d{2}$/.test(value) || isEdtf(value), {
    message: 'no such day in the calendar',
    params: { rule: 'day' },
  })
  .describe('A calendar day, YYYY-MM-DD, without a zone.');

export const edtfText = z
  .string()
  .max(60, STOP)
  .refine(isEdtf, {
    message:
      'EDTF level 0 or 1 is wanted: 2025-08-24, 2025-08, 2025, 2025-21, 2025-06/2025-08, ../2025-08-24, 2025-06~',
    params: { rule: 'edtf' },
  })
  .describe('EDTF level 0/1: day, month, year, season or interval; ~ ? % and open ends allowed; no time of day.');

export const language = z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,4}$/, 'a BCP 47 tag such as en, fr, uk');

export const partyId = z
  .string()
  .regex(/^[a-z]{2,20}:[a-z0-9-]{2,60}$/, 'a party id is kind:name, such as state:ca, person:mark-carney, org:nato')
  .describe('Who: state:ca, person:mark-carney, org:nato.');

const STREAM_KINDS = 'pledge|transfer|agreement|statement|engagement|incident|measure';

export const streamName = z
  .string()
  .regex(
    new RegExp(`^(${STREAM_KINDS})/[a-z0-9-]{3,80}$`),
    'a stream is kind/slug, such as pledge/2025-g7-military-package',
  )
  .describe('A stream: kind/slug.');

export const pledgeName = z
  .string()
  .regex(/^pledge\/[a-z0-9-]{3,80}$/, 'a promise is pledge/slug')
  .describe('The stream of a promise: pledge/slug.');

export const eventName = z
  .string()
  .regex(new RegExp(`^(${STREAM_KINDS})/[a-z0-9-]{3,80}@[1-9]\\d{0,6}$`), 'an event is kind/slug@version')
  .describe('One event of a stream: kind/slug@version.');

export const lineId = z.string().regex(/^[a-z0-9-]{2,40}$/, 'a line id is 2 to 40 of a-z, 0-9 and "-"');

const isoCurrency = z
  .string()
  .regex(/^[A-Z]{3}$/, 'a currency is three capital letters of ISO 4217')
  .refine((code) => !/^[A-Z]{3}$/.test(code) || CURRENCIES.has(code), {
    message: 'not a currency of ISO 4217',
    params: { rule: 'currency' },
  });

const amount = z
  .string()
  .regex(
    AMOUNT,
    'an amount is a decimal string in whole units, such as "680000000": no sign, no exponent, 15 digits at most',
  )
  .describe('Decimal string in currency units, not in millions.');

const qualifier = z.enum(codes.QUALIFIERS);

const conversion = z
  .strictObject({ amount, currency: isoCurrency, qualifier: qualifier.optional() })
  .describe('The same money in another currency, as a source printed it; never computed.');

export const money = z
  .strictObject({
    amount,
    currency: isoCurrency.nullable().describe('ISO 4217, or null where the source prints a bare sign.'),
    as_printed: text(60).optional(),
    qualifier,
    reported_as: z.array(conversion).max(10).optional(),
  })
  .refine((value) => value.currency !== null || value.as_printed !== undefined, {
    path: ['as_printed'],
    message: 'a sum without a currency is told as it is printed: give as_printed',
    params: { rule: 'as-printed' },
  })
  .describe('A sum as told. No exchange rate is ever invented.');

export const quantity = z
  .strictObject({
    item: text(120),
    as_written: text(200),
    count: z.number().int().min(0).max(1e9).optional(),
    unit: text(40).optional(),
    qualifier: z.enum([...codes.QUALIFIERS, 'unquantified']),
  })
  .refine((value) => value.qualifier !== 'unquantified' || value.count === undefined, {
    path: ['count'],
    message: 'what is unquantified has no count',
    params: { rule: 'unquantified-count' },
  });

export const category = z.enum(codes.CATEGORIES);

export const line = z.strictObject({
  id: lineId,
  label: text(200),
  money: money.optional(),
  quantities: z.array(quantity).max(50).optional(),
  category,
  instrument: z.enum(codes.PLEDGE_INSTRUMENTS).optional(),
  due: edtfText.optional(),
  within: lineId.optional().describe('The line of the same pledge that this one is part of.'),
});

export const party = z.strictObject({
  id: partyId,
  name: text(120).describe('As written in the source.'),
  role: z.enum(codes.PARTY_ROLES).optional(),
  capacity: text(120).optional().describe('In what office, as written: Minister of Defence.'),
  on_behalf_of: partyId.optional(),
});

const certainty = z.enum(['sure', 'presumed']);

export const ref = z
  .strictObject({
    relation: z.enum(codes.RELATIONS),
    target: z.union([streamName, eventName]),
    line: lineId
      .optional()
      .describe(
        "The line that the relation speaks of: of this promise on part-of, draws-on and share-of; elsewhere the target's.",
      ),
    money: money.optional(),
    certainty: certainty.optional(),
    note: text(300).optional(),
  })
  .refine((value) => value.relation !== 'same-as' || value.money === undefined, {
    path: ['money'],
    message: 'same-as tells the whole twice and carries no money: a part of it is draws-on',
    params: { rule: 'same-as-money' },
  });

/** A text that says why, or under which conditions, in a sentence or two. */
export const reason = text(300);

export const anyJson: z.ZodType<Json> = z.json();
export const jsonPointer = z
  .string()
  .max(200, STOP)
  .regex(/^(\/([^~/]|~[01])*)+$/, 'a JSON pointer such as /lines/purl/money');

export const citation = z.strictObject({
  publisher: text(200),
  title: text(300),
  url: z
    .url({ protocol: /^https?$/ })
    .max(1000)
    .optional(),
  archived_url: z
    .url({ protocol: /^https?$/ })
    .max(1000)
    .optional(),
  published: edtfText.optional(),
  language,
  locator: text(120).optional(),
  standing: z.enum(codes.STANDINGS),
  origin: text(120).optional().describe('The agency text that it copies: copies are not independent.'),
  says: z
    .record(jsonPointer, anyJson)
    .optional()
    .describe(
      'Where this source gives another value than the entry does: JSON pointer to value; null: not named there.',
    ),
  reported_as: z.array(conversion).max(10).optional(),
  certainty: certainty.optional(),
  digest: z
    .string()
    .regex(/^[0-9a-f]{64}$/, 'a SHA-256 in hexadecimal')
    .optional(),
});

export const figure = z
  .strictObject({
    label: text(200),
    money: money.optional(),
    quantity: quantity.optional(),
    as_of: edtfText.optional(),
  })
  .refine((value) => (value.money === undefined) !== (value.quantity === undefined), {
    message: 'a figure has either money or a quantity',
    params: { rule: 'figure-value' },
  });

export const quote = z.strictObject({
  speaker: partyId,
  text: text(300),
  language,
  translated: z.boolean().optional(),
});

const topic = z.enum(codes.TOPICS);
export const stance = z.strictObject({
  who: partyId,
  topic,
  stance: z.enum(codes.STANCES),
});

export const claim = z
  .strictObject({
    by: text(120).describe('A speaker (party id), or the outlet by name.'),
    what: text(300),
    target: z.union([streamName, eventName]).optional(),
    line: lineId.optional(),
    total: text(80).optional().describe('The total that it speaks of, in words.'),
    money: money.optional(),
    words: text(300).optional(),
    as_of: edtfText.optional(),
  })
  .refine((value) => value.money !== undefined || value.words !== undefined, {
    message: 'a claim has a value: money or words',
    params: { rule: 'claim-value' },
  })
  .refine((value) => value.line === undefined || value.target !== undefined, {
    path: ['line'],
    message: 'a line is of a promise: give it as target, or leave the line out',
    params: { rule: 'claim-line' },
  });

const knownSince = {
  known_since: day.optional().describe('The first day on which the public could know it.'),
  known_basis: z.enum(codes.KNOWN_BASES).optional(),
};

export const citations = z.array(citation).min(1).max(50);

/** What a source may add to an event: numbers, words, positions, assertions. */
export const addedFields = {
  figures: z.array(figure).max(50).optional(),
  quotes: z.array(quote).max(20).optional(),
  stances: z.array(stance).max(20).optional(),
  claims: z.array(claim).max(50).optional(),
};

/** Fields of every event but record.*. */
export const commonFields = {
  slug: slug.optional(),
  title: text(200),
  summary: text(600).optional(),
  lang: language.optional().describe('Language of title and summary; en where it is left out.'),
  translations: z.record(language, z.strictObject({ title: text(200), summary: text(600).optional() })).optional(),
  occurred: edtfText,
  ...knownSince,
  places: z.array(text(80)).max(20).optional(),
  parties: z.array(party).max(100).optional(),
  refs: z.array(ref).max(50).optional(),
  ...addedFields,
  citations,
  confidence: z.enum(codes.CONFIDENCES).optional(),
  tags: z.array(text(40)).max(20).optional(),
};

const because = z.enum(codes.BECAUSE);

/** Fields of a record that need not say why: it adds to the event, or speaks of it. */
export const addingFields = {
  about: eventName.describe('The event of the same stream that this record puts right.'),
  ...knownSince,
  citations,
  because: because.optional(),
  note: text(600).optional(),
};

/** Fields of a record that changes what an event says. */
export const recordFields = { ...addingFields, because };

export const change = z
  .strictObject({
    path: jsonPointer,
    from: anyJson.optional().describe('What stands there now; left out where nothing does.'),
    to: anyJson.optional().describe('What is to stand there; left out to take it away.'),
  })
  .refine((value) => value.from !== undefined || value.to !== undefined, {
    message: 'a change has from, to or both',
    params: { rule: 'change-value' },
  });

export { conversion };
export type Money = z.infer<typeof money>;
export type Line = z.infer<typeof line>;
export type Party = z.infer<typeof party>;
export type Ref = z.infer<typeof ref>;
export type Citation = z.infer<typeof citation>;
export type Change = z.infer<typeof change>;
export type Conversion = z.infer<typeof conversion>;
