import { z } from 'zod';
import * as codes from '../codes.js';
import { commonFields, edtfText } from '../common.js';

export const agreementSigned = z
  .strictObject({
    ...commonFields,
    instrument: z.enum(codes.AGREEMENT_INSTRUMENTS),
    binding: z.boolean().optional().describe('Whether it binds in law; left out where no source says.'),
    by: z.enum(['signature', 'adoption', 'exchange-of-notes']).optional().describe('signature where it is left out.'),
    until: edtfText.optional(),
  })
  .refine((data) => data.parties?.some((one) => one.role === 'signatory'), {
    path: ['parties'],
    message: 'an agreement names at least one party with the role signatory',
    params: { rule: 'signatory' },
  })
  .meta({
    title: 'An agreement is signed',
    description: 'A text that commits its signatories is signed, adopted, or made by an exchange of notes.',
  });
