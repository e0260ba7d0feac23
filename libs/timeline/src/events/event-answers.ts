import { z } from 'zod';
import { nameAnswer } from '#libs/published';
import { answerOf } from '../answer/answer-schemas.js';

/** A recorded event as a structured-mode CloudEvent with the journal's extensions. */
export const eventAnswer = z.looseObject({
  specversion: z.literal('1.0'),
  id: z.string(),
  source: z.string(),
  type: z.string(),
  subject: z.string().describe('The stream.'),
  time: z.string().optional(),
  datacontenttype: z.literal('application/json'),
  dataschema: z.string(),
  recordedtime: z.string(),
  sequence: z.string().describe('The version in the stream: a whole number, as text.'),
  position: z
    .string()
    .describe('The place in the journal: a whole number, as text, since a CloudEvents Integer has 32 bits.'),
  chainhash: z.string(),
  datahash: z.string().describe('SHA-256 of data, byte for byte.'),
  fingerprint: z.string(),
  journal: z.string().optional(),
  partitionkey: z.string(),
  knownsince: z.string(),
  knownbasis: z.string(),
  actor: z.string(),
  data: z.looseObject({}),
});

export const RECORDED_EVENT = nameAnswer('RecordedEvent', eventAnswer);

export const eventListAnswer = answerOf({
  events: z.array(eventAnswer),
  next_after: z.int().nullable().describe('Give it as after= for the next page; null at the end of the feed.'),
  covers: z
    .object({ first: z.int().nullable(), last: z.int().nullable(), note: z.string() })
    .optional()
    .describe('The positions recorded, where none of them matched.'),
});

export const EVENT_LIST = nameAnswer('EventList', eventListAnswer);
