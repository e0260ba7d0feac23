import { z } from 'zod';
import * as codes from '../codes.js';
import { commonFields } from '../common.js';

export const engagementHeld = z
  .strictObject({
    ...commonFields,
    form: z.enum(codes.ENGAGEMENT_FORMS),
    level: z.enum(['head-of-state-or-government', 'minister', 'official', 'parliament', 'other']).optional(),
  })
  .meta({ title: 'An engagement is held', description: 'Parties meet: a visit, a call, a summit, a ceremony.' });
