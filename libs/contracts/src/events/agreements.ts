import { z } from 'zod';
import * as codes from '../codes/index.js';
import { commonFields, edtfText, partyId, reason } from '../common.js';

const instrument = z.enum(codes.AGREEMENT_INSTRUMENTS);

const signed = {
  ...commonFields,
  instrument,
  binding: z.boolean().optional().describe('Whether it binds in law; left out where no source says.'),
  until: edtfText.optional(),
};

const hasSignatory = (data: { readonly parties?: readonly { readonly role?: string | undefined }[] | undefined }) =>
  data.parties?.some((one) => one.role === 'signatory') ?? false;

const signatoryRule = {
  path: ['parties'],
  message: 'an agreement names at least one party with the role signatory',
  params: { rule: 'signatory' },
};

const SIGNED = {
  title: 'An agreement is signed',
  description: 'A text that commits its signatories is signed, adopted, or made by an exchange of notes.',
};

/** Version 1, where `manner` was called `by`: everywhere else in the language "by" names somebody. */
export const agreementSignedV1 = z
  .strictObject({
    ...signed,
    by: z.enum(codes.AGREEMENT_MANNERS).optional().describe('signature where it is left out.'),
  })
  .refine(hasSignatory, signatoryRule)
  .meta(SIGNED);

export const agreementSigned = z
  .strictObject({ ...signed, manner: z.enum(codes.AGREEMENT_MANNERS).describe('How it came to hold.') })
  .refine(hasSignatory, signatoryRule)
  .meta(SIGNED);

export const agreementNegotiationsOpened = z
  .strictObject({ ...commonFields, instrument: instrument.optional() })
  .meta({ title: 'Negotiations are opened', description: 'Parties begin to negotiate a text.' });

export const agreementNegotiationsConcluded = z
  .strictObject({ ...commonFields, instrument: instrument.optional() })
  .meta({ title: 'Negotiations are concluded', description: 'Parties have agreed on a text that is not signed yet.' });

export const agreementApproved = z
  .strictObject({
    ...commonFields,
    body: partyId.describe('Who approves it: a parliament, a chamber, a government, a head of state.'),
  })
  .meta({ title: 'An agreement is approved', description: 'One body that must approve it has done so.' });

export const agreementEnteredIntoForce = z
  .strictObject({
    ...commonFields,
    provisional: z.boolean().optional().describe('Whether it is applied provisionally.'),
    until: edtfText.optional(),
  })
  .meta({ title: 'An agreement enters into force', description: 'It holds from now on.' });

export const agreementAmended = z.strictObject({ ...commonFields, until: edtfText.optional() }).meta({
  title: 'An agreement is amended',
  description: 'Its text is changed by its parties; a new text is a stream of its own.',
});

export const agreementExtended = z
  .strictObject({
    ...commonFields,
    until: edtfText.optional().describe('Until when it holds now, where that is told.'),
  })
  .meta({ title: 'An agreement is extended', description: 'It holds for longer than it was made for.' });

export const agreementSuspended = z
  .strictObject({ ...commonFields, until: edtfText.optional(), reason: reason.optional() })
  .meta({ title: 'An agreement, or its negotiation, is suspended', description: 'It is set aside for a time.' });

export const agreementResumed = z.strictObject(commonFields).meta({
  title: 'An agreement, or its negotiation, is resumed',
  description: 'It goes on after having been suspended.',
});

export const agreementTerminated = z
  .strictObject({ ...commonFields, reason: reason.optional() })
  .meta({ title: 'An agreement is terminated', description: 'It ends: denounced, expired, or replaced.' });
