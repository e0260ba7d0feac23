import { z } from 'zod';
import * as codes from '../codes/index.js';
import { commonFields, lineId, money, partyId, pledgeName, quantity, reason } from '../common.js';

const drawFields = {
  pledge: pledgeName
    .optional()
    .describe("The promise that it draws on; left out on the promise's own stream, and where it draws on none."),
  line: lineId.optional().describe('The line of that promise.'),
  money: money.optional(),
  quantities: z.array(quantity).min(1).max(50).optional(),
};

const draws = <Draw extends z.ZodType>(draw: Draw) => z.array(draw).min(1).max(100);

const transfer = {
  ...commonFields,
  counts_as: z.enum(codes.COUNTINGS).describe('increment: so much more; cumulative: so much in all by then.'),
  side: z.enum(codes.SIDES).optional().describe("Whose word it is; the giver's where it is left out."),
  completes: z.boolean().optional().describe('Whether nothing is left to come at this stage, as the source says.'),
};

export const transferAllocated = z
  .strictObject({
    ...transfer,
    draws: draws(z.strictObject(drawFields)),
    bound_to: z
      .array(z.strictObject({ kind: z.enum(codes.BINDINGS), name: reason, party: partyId.optional() }))
      .min(1)
      .max(20)
      .describe('What the money is bound to: a mere breakdown is pledge.itemized.'),
  })
  .meta({
    title: 'Money is allocated',
    description: 'Promised money is bound to a named executor, contract, fund or budget year.',
  });

export const transferDisbursed = z
  .strictObject({ ...transfer, draws: draws(z.strictObject(drawFields)) })
  .meta({ title: 'Money is disbursed', description: 'Money is paid out.' });

export const transferDelivered = z
  .strictObject({
    ...transfer,
    draws: draws(
      z.strictObject({
        ...drawFields,
        handover: z.enum(codes.HANDOVERS).describe('How far it has come; only handed-over is delivered.'),
      }),
    ),
  })
  .meta({
    title: 'Goods or money are delivered',
    description: 'What was promised is on its way, or with its receiver.',
  });

export const transferRepaid = z
  .strictObject({ ...transfer, draws: draws(z.strictObject(drawFields)) })
  .meta({ title: 'Money is repaid', description: 'A loan, or a part of it, is paid back.' });
