import { z } from 'zod';
import * as codes from '../codes/index.js';
import { commonFields } from '../common.js';

export const statementIssued = z.strictObject({ ...commonFields, form: z.enum(codes.STATEMENT_FORMS) }).meta({
  title: 'A statement is issued',
  description:
    "Something is said in public. Its speakers are the parties with the role speaker; an outlet's own total has none.",
});
