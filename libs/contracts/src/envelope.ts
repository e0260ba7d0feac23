import { z } from 'zod';

/** What no attribute may hold. Source: CloudEvents 1.0.2, Type System, String. */
const NO_ATTRIBUTE_TEXT = /[\p{Cc}\p{Noncharacter_Code_Point}]/u;

/** What is too long is looked at no further. */
const STOP = { abort: true } as const;

const attribute = (max: number) =>
  z
    .string()
    .min(1)
    .max(max, STOP)
    .refine((text) => !NO_ATTRIBUTE_TEXT.test(text), {
      message: 'an attribute holds no control characters and no noncharacters of Unicode',
      params: { rule: 'attribute-text' },
    });

/** Source: RFC 3986, appendix A, with the authority left as loose as its registered names are. */
const URI_REFERENCE =
  /^([A-Za-z][A-Za-z0-9+.-]*:|(?![^/?#]*:))([A-Za-z0-9\-._~!$&'()*+,;=:@/[\]]|%[0-9A-Fa-f]{2})*(\?([A-Za-z0-9\-._~!$&'()*+,;=:@/?]|%[0-9A-Fa-f]{2})*)?(#([A-Za-z0-9\-._~!$&'()*+,;=:@/?]|%[0-9A-Fa-f]{2})*)?$/;

const uriReference = z
  .string()
  .min(1)
  .max(200, STOP)
  .refine((text) => URI_REFERENCE.test(text), {
    message: 'a URI reference is wanted, such as urn:example:desk or https://example.org/desk; percent-encode the rest',
    params: { rule: 'uri-reference' },
  });

/** JSON in UTF-8, whatever the case and the spaces. Of a long text it would take its length squared. */
const JSON_TYPE = /^application\/json\s*(;\s*charset\s*=\s*"?utf-8"?\s*)?;?\s*$/i;

export const cloudEvent = z
  .strictObject({
    specversion: z.literal('1.0'),
    id: attribute(200),
    source: uriReference.describe('URI reference of who sends; with id the identity of the event.'),
    type: attribute(100).describe('litopys.<thing>.<past tense>.v<n>'),
    subject: attribute(120).describe('The stream: kind/slug.'),
    time: z.iso.datetime({ offset: true }).max(40).optional().describe('Only where a real instant is known.'),
    datacontenttype: z
      .string()
      .max(100, STOP)
      .refine((text) => JSON_TYPE.test(text), {
        message: 'the data of an event is JSON in UTF-8: application/json',
        params: { rule: 'datacontenttype' },
      })
      .optional()
      .meta({
        description: 'application/json, or left out.',
        pattern: '^application/json(; ?charset=[Uu][Tt][Ff]-8)?$',
      }),
    dataschema: attribute(200).optional(),
    correlationid: attribute(200).optional(),
    causationid: attribute(200).optional(),
    partitionkey: attribute(200).optional().describe('The subject, or left out: streams are what is kept in order.'),
    traceparent: attribute(200).optional().describe('Distributed tracing: taken, and not kept with the event.'),
    tracestate: attribute(2000).optional().describe('Distributed tracing: taken, and not kept with the event.'),
    data: z.record(z.string(), z.unknown()),
  })
  .meta({
    title: 'An event as a producer sends it',
    description: 'CloudEvents 1.0 in its structured form. The journal adds its extensions when it has taken the event.',
  });

export type CloudEvent = z.infer<typeof cloudEvent>;

/** What may stand around the data of an event that is sent. */
export const SENT_ATTRIBUTES: readonly string[] = Object.keys(cloudEvent.shape).filter((name) => name !== 'data');
