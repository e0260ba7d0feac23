import { z } from 'zod';
import * as codes from '../codes/index.js';
import { commonFields, edtfText, reason } from '../common.js';

const engagement = {
  form: z.enum(codes.ENGAGEMENT_FORMS),
  level: z.enum(codes.ENGAGEMENT_LEVELS).optional(),
};

export const engagementPlanned = z
  .strictObject({
    ...commonFields,
    ...engagement,
    planned_for: edtfText.optional().describe('When it is to be; occurred is when the plan was made public.'),
  })
  .meta({ title: 'An engagement is planned', description: 'It is said that parties are to meet; may be said again.' });

export const engagementHeld = z
  .strictObject({ ...commonFields, ...engagement })
  .meta({ title: 'An engagement is held', description: 'Parties meet: a visit, a call, a summit, a ceremony.' });

export const engagementCancelled = z
  .strictObject({ ...commonFields, reason: reason.optional() })
  .meta({ title: 'An engagement is cancelled', description: 'What was planned does not take place.' });

export const incidentOccurred = z.strictObject({ ...commonFields, form: z.enum(codes.INCIDENT_FORMS) }).meta({
  title: 'An incident occurred',
  description: 'Something happened that the chronology answers to and that is no measure of a party of its own accord.',
});
