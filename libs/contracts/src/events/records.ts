import { z } from 'zod';
import { change, recordFields } from '../common.js';

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

export const recordRetracted = z.strictObject({ ...recordFields, scope: z.enum(['event', 'stream']).optional() }).meta({
  title: 'A record is retracted',
  description: 'An event, or with scope stream the whole stream, is taken out of the chronology.',
});

export const recordReinstated = z.strictObject(recordFields).meta({
  title: 'A record is reinstated',
  description: 'A retraction is undone; about repeats that of the retraction.',
});
