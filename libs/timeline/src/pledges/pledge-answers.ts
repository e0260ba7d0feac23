import { z } from 'zod';
import { answerOf, sum } from '../answer/answer-schemas.js';
import { covers, relations } from '../entries/entry-answers.js';

const money = z.looseObject({ amount: z.string(), currency: z.string().nullable(), qualifier: z.string() });
const telling = z.looseObject({ event: z.string(), title: z.string(), citations: z.array(z.looseObject({})) });

const takeOff = z.object({
  rule: z.string().describe('M2 linked, M3 told twice, M4 a share of a group, or an envelope.'),
  relation: z.string().nullable(),
  against: z.string().nullable().describe('The pledge whose money it is.'),
  line: z.string().nullable(),
  takes: z.union([z.literal('all'), sum]).nullable(),
  because: z.string().nullable().describe('Why it takes nothing off.'),
  told_by: z.string().nullable(),
});

const explainRow = z.object({
  cell: z.object({ donor: z.string(), category: z.string(), instrument: z.string(), currency: z.string().nullable() }),
  part: z.enum(['whole', 'line', 'residual']),
  line: z.string().nullable(),
  told: sum,
  gives: sum,
  taken_off: z.array(takeOff),
  listed: z.string().nullable(),
  rules: z.array(z.string()),
  cancelled_by: z.string().nullable().describe('The pledge is cancelled: it counts what had been drawn on it.'),
  told_by: z.array(z.string()),
});

const finding = z.object({
  id: z.string(),
  rule: z.string(),
  by: z.string().describe('The rule of the counting contract.'),
  stream: z.string(),
  field: z.string(),
  difference: z.string().nullable(),
  events: z.array(z.string()).describe('The events that make it, where it is about some.'),
});

const levels = (what: string) =>
  z
    .array(
      z.strictObject({
        currency: z.string(),
        sum: sum.describe('With what was drawn through parts; high is null where a draw tells no figure in it.'),
        through_parts: sum.describe('What of it was told on parts of the pledge.'),
        left: sum.nullable().describe('Of the face; below 0 where more was drawn. null where it is cancelled.'),
      }),
    )
    .describe(`${what} Empty: none is recorded, which is not none.`);

const byStage = <Schema extends z.ZodType>(schema: Schema) =>
  z.strictObject({ allocated: schema, disbursed: schema, delivered: schema, repaid: schema });

const draw = z.strictObject({
  event: z.string(),
  stage: z.enum(['allocated', 'disbursed', 'delivered', 'repaid']),
  title: z.string(),
  occurred: z.string(),
  known_since: z.string(),
  side: z.enum(['sent', 'received']).describe("The giver's word, or the receiver's."),
  counts_as: z.enum(['increment', 'cumulative']),
  completes: z.boolean(),
  handover: z.string().nullable().describe('Only handed-over is delivered.'),
  line: z.string().nullable(),
  through: z.string().nullable().describe('The part of the pledge on which it was told; null: the pledge itself.'),
  money: money.nullable(),
  quantities: z.array(z.looseObject({})),
  bound_to: z.array(z.looseObject({})),
  adds: z.object({ currency: z.string(), sum }).nullable().describe('What it adds to its stage in this ledger.'),
  because: z.string().nullable().describe('Why it adds nothing, or nothing that is certain.'),
  same_as: z.array(z.string()).describe('Events that tell the same movement: it counts once.'),
  citations: z.array(z.looseObject({})),
});

const pledge = {
  pledge: z.string(),
  opening: z.string().nullable().describe('The event that announced it; null while that is not known.'),
  title: z.string().nullable(),
  donors: z.array(z.string()),
  beneficiaries: z.array(z.string()),
  scope: z.enum(['whole', 'wider']),
  instrument: z.string(),
  category: z.string().nullable(),
  occurred: z.string().nullable(),
  known_since: z.string().nullable(),
  face: money.nullable().describe('What was announced, as amended.'),
  cancelled: telling.nullable().describe('Its end; what it still counts is what had been drawn on it.'),
  said: z.object({ newness: z.string().nullable(), new_money: money.nullable() }).describe("The donor's words."),
  currency: z.string().nullable(),
  announced: sum.describe('What counts of it in full.'),
  counted_new: z.object({ sum, taken_off: z.array(takeOff) }).describe('What of it is not told before, and why.'),
  itemized: z.array(z.object({ currency: z.string(), sum })),
  residual: sum.nullable().describe('What no line tells; below 0 where the lines exceed the promise.'),
  allocated: levels('Bound to a contract, a fund, an executor or a budget year.'),
  disbursed: levels('Paid out.'),
  delivered: levels('Handed over.'),
  repaid: levels('Paid back; beside the others.'),
  completed_by: byStage(z.string().nullable()).describe('The event that says that nothing is left to come.'),
  listed: z.string().nullable(),
  findings: z.array(finding),
};

export const pledgeListAnswer = answerOf({
  pledges: z.array(z.strictObject(pledge)),
  next_cursor: z.string().nullable(),
  covers: covers.optional(),
});

export const pledgeAnswer = answerOf({
  ...pledge,
  period: z.string().nullable(),
  due: z.string().nullable(),
  channel: z.string().nullable(),
  unlocks: money.nullable().describe('What others may lend because of it: a claim, never part of the sum.'),
  citations: z.array(z.looseObject({})),
  lines: z.array(
    z.strictObject({
      id: z.string(),
      label: z.string(),
      category: z.string(),
      instrument: z.string().nullable(),
      within: z.string().nullable(),
      money: money.nullable(),
      gives: sum.nullable().describe('What counts for the line itself; null where the pledge is not split by it.'),
      listed: z.string().nullable(),
      drawn: byStage(sum.nullable()).describe('On the line and what lies within it; null: no draw is recorded.'),
      quantities: z.array(z.looseObject({})),
      due: z.string().nullable(),
      told_by: z.string(),
    }),
  ),
  draws: z.array(draw).describe('Every draw on it, and on its parts, with what it adds.'),
  itemizations: z.array(telling),
  amendments: z.array(telling).describe('What each set; the pledge is told as they leave it.'),
  restatements: z.array(telling).describe('Said again; counts nothing.'),
  residuals_by_citation: z
    .array(
      z.strictObject({
        publisher: z.string(),
        title: z.string(),
        events: z.array(z.string()).describe('Whose citations say so.'),
        currency: z.string().nullable().describe('Of the total by this source; null: it prints none.'),
        itemized: sum.nullable(),
        residual: sum.nullable(),
        because: z.string().nullable().describe('Why there is no residual.'),
        untied: z
          .array(z.string())
          .describe(
            'Lines with a figure that no source ties to this currency: not in itemized, which has no high then, nor residual a low.',
          ),
      }),
    )
    .describe('What is left by each source that gives another total, other figures or other lines than the record.'),
  paid_from_it: z
    .strictObject({
      currency: z.string().nullable().describe('Of the pledge as announced, and of every sum here.'),
      pledges: z.array(
        z.strictObject({
          pledge: z.string(),
          relation: z.string(),
          sum: sum.nullable(),
          because: z.string().nullable().describe('Why there is no sum.'),
          told_by: z.string(),
        }),
      ),
      left: sum
        .nullable()
        .describe(
          'What was announced less these sums; below 0 where they exceed it. Where one of them is not known, low is null. null where nothing is paid from it, or it has no figure. No word on what was spent.',
        ),
    })
    .describe('Later pledges that say that their money is of this one: told again, not spent.'),
  relations,
  explain: z.strictObject({
    gross: z.array(explainRow),
    new: z.array(explainRow),
    allocated: z.array(explainRow),
    disbursed: z.array(explainRow),
    delivered: z.array(explainRow),
    repaid: z.array(explainRow),
  }),
});
