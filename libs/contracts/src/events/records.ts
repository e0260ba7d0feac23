import { z } from 'zod';
import { change, recordFields } from '../common.js';

/** Values of an earlier event are put right. */
export const recordCorrected = z
  .strictObject({ ...recordFields, changes: z.array(change).min(1).max(50) })
  .refine(
    (data) => data.because === 'recording-error' || data.changes.every((one) => one.path !== '/known_since'),
    { path: ['because'], message: 'only a recording error may mend /known_since' },
  );

/** An event, or with scope stream the whole stream, is taken out of the chronology. */
export const recordRetracted = z.strictObject({ ...recordFields, scope: z.enum(['event', 'stream']).optional() });

/** A retraction is undone; `about` repeats the retraction's. */
export const recordReinstated = z.strictObject(recordFields);
