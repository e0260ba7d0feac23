import { z } from 'zod';
import * as codes from '../codes/index.js';
import { category, commonFields, edtfText, line, money, partyId, reason } from '../common.js';

const newness = {
  newness: z
    .enum(codes.NEWNESSES)
    .optional()
    .describe("The donor's own words; shown beside what is counted as new, never used for it."),
  new_money: money.optional().describe("How much the donor calls new; the donor's word."),
};

const lines = z
  .array(line)
  .max(200)
  .refine((all) => new Set(all.map((one) => one.id)).size === all.length, {
    message: 'two lines have the same id',
    params: { rule: 'line-id-taken' },
  });

export const pledgeAnnounced = z
  .strictObject({
    ...commonFields,
    money: money.optional().describe('The face of the promise; left out where no figure was told.'),
    scope: z.enum(['whole', 'wider']).optional().describe('wider: an envelope not only for this beneficiary.'),
    instrument: z.enum(codes.PLEDGE_INSTRUMENTS),
    category,
    channel: partyId.optional(),
    ...newness,
    period: edtfText.optional(),
    due: edtfText.optional(),
    unlocks: money.optional().describe('Money that others may lend because of it: a claim, never part of the sum.'),
    lines: lines.optional(),
  })
  .refine((data) => data.parties?.some((one) => one.role === 'donor'), {
    path: ['parties'],
    message: 'a pledge names at least one party with the role donor',
    params: { rule: 'donor' },
  })
  .refine((data) => data.parties?.some((one) => one.role === 'beneficiary'), {
    path: ['parties'],
    message: 'a pledge names at least one party with the role beneficiary',
    params: { rule: 'beneficiary' },
  })
  .meta({
    title: 'A pledge is announced',
    description: 'A promise is made public: who gives, to whom, how much, as what.',
  });

export const pledgeItemized = z
  .strictObject({
    ...commonFields,
    lines: lines.refine((all) => all.length > 0, { message: 'at least one line', params: { rule: 'lines' } }),
  })
  .meta({
    title: 'A pledge is itemized',
    description: 'Lines of a promise are made public. They add to the lines that stand.',
  });

export const pledgeRestated = z
  .strictObject({ ...commonFields, money: money.optional().describe('The sum as it was said again.'), ...newness })
  .meta({ title: 'A pledge is restated', description: 'A promise is said again. It counts nothing.' });

/** What an amendment may set anew; each as it is from then on. */
const AMENDABLE = ['money', 'scope', 'instrument', 'category', 'channel', 'period', 'due', 'unlocks'] as const;

export const pledgeAmended = z
  .strictObject({
    ...commonFields,
    money: money.optional().describe('The face from now on; also the first sum of a promise that had none.'),
    scope: z.enum(['whole', 'wider']).optional(),
    instrument: z.enum(codes.PLEDGE_INSTRUMENTS).optional(),
    category: category.optional(),
    channel: partyId.optional(),
    ...newness,
    period: edtfText.optional(),
    due: edtfText.optional(),
    unlocks: money.optional(),
  })
  .refine((data) => AMENDABLE.some((key) => data[key] !== undefined), {
    message: `an amendment sets at least one of ${AMENDABLE.join(', ')}`,
    params: { rule: 'amends-nothing' },
  })
  .meta({
    title: 'A pledge is amended',
    description:
      'The terms of a promise become others. What is put right because it was told wrongly is record.corrected.',
  });

export const pledgeCancelled = z
  .strictObject({ ...commonFields, reason: reason.optional().describe('Why, in the words of who cancels.') })
  .meta({ title: 'A pledge is cancelled', description: 'What is left of a promise will not be kept.' });
