import { z } from 'zod';
import { answerOf, cite, place } from '../answer/answer-schemas.js';

const day = z.string().describe('YYYY-MM-DD');

const finding = z.object({ id: z.string(), rule: z.string(), field: z.string(), record: z.string().optional() });

/** What every entry has; besides, the members that its event type gives it (see the published schemas). */
export const entry = z.looseObject({
  entry: z.string().describe('Its name: kind/slug@version.'),
  stream: z.string(),
  version: z.int(),
  position: z.int().describe('Where the journal recorded it.'),
  kind: z.string(),
  type: z.string().describe('The event type, such as pledge.announced.'),
  title: z.string(),
  occurred: z.string().describe('When it happened: EDTF.'),
  known_since: day.describe('Since when the public could know it.'),
  recorded_at: z.string(),
  citations: z.array(z.looseObject({ publisher: z.string(), title: z.string() })),
  records: z.array(z.string()).describe('The events that put it right, in effect at this place.'),
  findings: z.array(finding),
  disputes: z
    .array(
      z.looseObject({
        event: z.string(),
        type: z.enum(['record.disputed', 'record.settled']),
        known_since: z.string(),
      }),
    )
    .optional()
    .describe('What is held against it, by whom, and what was found.'),
});

export const covers = z
  .object({
    days: z
      .object({ first: day.nullable(), last: day.nullable() })
      .describe('First and last day that an entry is put under at this place; /v1/about counts and tells more.'),
    note: z.string(),
  })
  .describe('What the record covers, where nothing of it matched.');

export const entryListAnswer = answerOf({
  entries: z.array(entry),
  next_cursor: z.string().nullable().describe('Give it as cursor= for the next page; null on the last.'),
  covers: covers.optional(),
});

const relation = z.looseObject({ relation: z.string(), target: z.string(), title: z.string().nullable() });

export const relations = z.object({
  outgoing: z.array(relation.extend({ resolved: z.boolean(), entry: z.string().nullable(), told_by: z.string() })),
  incoming: z.array(relation.extend({ entry: z.string(), occurred: z.string() })),
});

export const entryAnswer = entry.extend({ retracted: z.boolean(), relations, place, cite });
