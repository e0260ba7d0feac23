import { z } from 'zod';
import * as codes from '../codes/index.js';
import { commonFields, edtfText, partyId, reason } from '../common.js';

const times = {
  effective: edtfText.optional().describe('From when it takes effect, where that is not when it occurred.'),
  until: edtfText.optional().describe('Until when it holds.'),
};

const hasAuthor = (data: { readonly parties?: readonly { readonly role?: string | undefined }[] | undefined }) =>
  data.parties?.some((one) => one.role === 'author') ?? false;

const authorRule = {
  path: ['parties'],
  message: 'a measure names at least one party with the role author: whose act it is',
  params: { rule: 'author' },
};

const form = z.enum(codes.MEASURE_FORMS);

export const measureAnnounced = z
  .strictObject({ ...commonFields, form, ...times })
  .refine(hasAuthor, authorRule)
  .meta({ title: 'A measure is announced', description: 'Who is to take it says so.' });

export const measureTaken = z
  .strictObject({ ...commonFields, form, ...times })
  .refine(hasAuthor, authorRule)
  .meta({ title: 'A measure is taken', description: 'An act of one side: it decides, imposes, recognises, sends.' });

export const measureAmended = z
  .strictObject({ ...commonFields, ...times })
  .meta({ title: 'A measure is amended', description: 'It becomes another: wider, narrower, with other terms.' });

export const measureExtended = z
  .strictObject({ ...commonFields, ...times })
  .meta({ title: 'A measure is extended', description: 'It holds for longer than was said.' });

export const measureSuspended = z
  .strictObject({ ...commonFields, ...times, reason: reason.optional() })
  .meta({ title: 'A measure is suspended', description: 'It is set aside for a time.' });

export const measureResumed = z
  .strictObject({ ...commonFields, ...times })
  .meta({ title: 'A measure is resumed', description: 'It goes on after having been suspended.' });

export const measureAdvanced = z
  .strictObject({
    ...commonFields,
    step: z.enum(codes.MEASURE_STEPS),
    body: partyId.optional().describe('Where it passes: a chamber, a committee, a court.'),
    ...times,
  })
  .meta({
    title: 'A measure is advanced',
    description: "It passes a step: a bill's reading, a notice, a mission raised to an embassy.",
  });

export const measureEnded = z
  .strictObject({ ...commonFields, effective: times.effective, reason: reason.optional() })
  .meta({ title: 'A measure is ended', description: 'It is lifted, revoked, or has run out.' });
