import type { Json } from '#libs/contracts';
import { callerOf, requireAppend } from '#libs/keys';
import { nameAnswer } from '#libs/published';
import { ValidationError } from '#libs/platform';
import { z } from 'zod';
import { produceAll } from '../append/produce-all.js';
import { jsonFields } from '../check/field-names.js';
import type { ProducerOptions } from '../producer-options.js';
import { producedAnswer, tell } from './answer.js';
import type { HttpReply, HttpRequest } from './http.js';
import { readDryRun } from './read-dry-run.js';

/** What a producer answers to a batch, as the API's description has it. */
export const batchAnswer = z
  .strictObject({
    events: z.array(producedAnswer).describe('One an event, in the order of the batch.'),
    appended: z.number().int().describe('How many were not there before.'),
  })
  .meta({ title: 'What became of a batch' });

export const BATCH_ANSWER = nameAnswer('ProducedBatch', batchAnswer);

export type BatchAnswer = z.infer<typeof batchAnswer>;

/** Headers that speak of one event. */
const OF_ONE_EVENT = {
  'if-match': 'If-Match',
  'idempotency-key': 'Idempotency-Key',
} as const;

function refuseHeadersOfOne({ headers }: HttpRequest): void {
  for (const [header, field] of Object.entries(OF_ONE_EVENT))
    if (headers[header] !== undefined)
      throw new ValidationError(`${field} speaks of one event, and this is a batch.`, {
        field,
        rule: 'one-event',
        mend: 'Leave it out: source and id of each event are its identity. Send the event alone to match its version.',
      });
}

/**
 * Appends a batch, all or nothing; answers 201 where something was appended, 200 where all of it stood there and for a dry
 * run.
 * @throws LitopysError as `produceAll` does
 */
export async function appendBatch(
  { pool, now = () => new Date().toISOString() }: ProducerOptions,
  { request, reply, body }: { readonly request: HttpRequest; readonly reply: HttpReply; readonly body: Json },
): Promise<BatchAnswer> {
  const { actor } = callerOf(request);
  const dryRun = readDryRun(request);
  refuseHeadersOfOne(request);
  if (!Array.isArray(body))
    throw new ValidationError('The body is no batch.', {
      field: '',
      rule: 'type',
      mend: 'Send an array of CloudEvents, or one of them as application/cloudevents+json.',
    });
  body.forEach((event, index) => requireAppend(request, event, jsonFields(`/${index}`).attribute('subject')));
  const outcomes = await produceAll(pool, body, { actor, now: now(), dryRun });
  const appended = outcomes.filter(({ duplicate, dryRun: wasDry }) => !duplicate && !wasDry).length;
  reply.code(appended > 0 ? 201 : 200);
  return { events: outcomes.map(tell), appended };
}
