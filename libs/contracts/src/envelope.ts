import { z } from 'zod';

export const cloudEvent = z
  .strictObject({
    specversion: z.literal('1.0'),
    id: z.string().min(1).max(200),
    source: z.string().min(1).max(200).describe('URI reference of who sends; with id the identity of the event.'),
    type: z.string().max(100).describe('litopys.<thing>.<past tense>.v<n>'),
    subject: z.string().max(120).describe('The stream: kind/slug.'),
    time: z.iso.datetime({ offset: true }).optional().describe('Only where a real instant is known.'),
    datacontenttype: z.literal('application/json').optional(),
    dataschema: z.string().max(200).optional(),
    correlationid: z.string().min(1).max(200).optional(),
    causationid: z.string().min(1).max(200).optional(),
    data: z.record(z.string(), z.unknown()),
  })
  .meta({
    title: 'An event as a producer sends it',
    description: 'CloudEvents 1.0 in its structured form. The journal adds its extensions when it has taken the event.',
  });

export type CloudEvent = z.infer<typeof cloudEvent>;
