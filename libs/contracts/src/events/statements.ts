import { z } from 'zod';
import * as codes from '../codes.js';
import { commonFields } from '../common.js';

/** Something is said in public; speakers are parties with the role speaker, none for an outlet's own total. */
export const statementIssued = z.strictObject({ ...commonFields, form: z.enum(codes.STATEMENT_FORMS) });
