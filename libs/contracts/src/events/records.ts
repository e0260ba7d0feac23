import { z } from 'zod';
import * as codes from '../codes/index.js';
import { addedFields, addingFields, change, eventName, jsonPointer, reason, recordFields, ref } from '../common.js';

export const recordCorrected = z
  .strictObject({ ...recordFields, changes: z.array(change).min(1).max(50) })
  .refine((data) => data.because === 'recording-error' || data.changes.every((one) => one.path !== '/known_since'), {
    path: ['because'],
    message: 'only a recording error may mend /known_since',
    params: { rule: 'known-since-basis' },
  })
  .meta({
    title: 'A record is corrected',
    description: 'Values of an earlier event of the stream are put right, each with what stood there before.',
  });

export const recordCorroborated = z.strictObject({ ...addingFields, ...addedFields }).meta({
  title: 'A record is corroborated',
  description:
    'Further sources tell the same event: their citations are laid beside its own, with what they add to it.',
});

export const recordDisputed = z
  .strictObject(addingFields)
  .refine((data) => data.note !== undefined || data.citations.some((one) => one.says !== undefined), {
    path: ['citations'],
    message: 'a dispute says what it holds against the entry: says on a citation, or a note',
    params: { rule: 'disputes-nothing' },
  })
  .meta({
    title: 'A record is disputed',
    description:
      'A source tells it otherwise (says on its citation), or denies it (note). The entry stands as it is, with the dispute beside it.',
  });

export const recordSettled = z
  .strictObject({
    ...recordFields,
    dispute: eventName.optional().describe('The record.disputed of this stream that is settled.'),
    path: jsonPointer
      .optional()
      .describe('What of the entry was in question, where rival readings stand on citations.'),
    holds: z.enum(codes.HOLDS),
    reason,
  })
  .refine((data) => data.dispute !== undefined || data.path !== undefined, {
    path: ['dispute'],
    message: 'a settlement names what it settles: dispute, path or both',
    params: { rule: 'settles-nothing' },
  })
  .meta({
    title: 'A dispute is settled',
    description: 'It is said which reading holds, and why. It changes no value: only record.corrected does.',
  });

export const recordRelated = z.strictObject({ ...addingFields, refs: z.array(ref).min(1).max(50) }).meta({
  title: 'A record is related',
  description: 'Relations of an earlier event become known; they add to its own.',
});

export const recordRetracted = z.strictObject({ ...recordFields, scope: z.enum(['event', 'stream']).optional() }).meta({
  title: 'A record is retracted',
  description: 'An event, or with scope stream the whole stream, is taken out of the chronology.',
});

export const recordReinstated = z.strictObject(recordFields).meta({
  title: 'A record is reinstated',
  description: 'A retraction is undone; about repeats that of the retraction.',
});
