import { cloudEvent, SCHEMAS, type EventTypeName } from '#libs/contracts';
import type { z } from 'zod';
import { exampleOf } from './examples.js';

/** What a verb's body is, for the API's description, with an example; only an opening carries a slug. */
export function bodySchema(type: EventTypeName, { opening }: { readonly opening: boolean }): z.ZodType {
  const schema: z.ZodType = SCHEMAS[type];
  const { slug, ...rest } = exampleOf(type).data;
  return schema.meta({ ...schema.meta(), examples: [opening ? { slug, ...rest } : rest] });
}

/** A CloudEvent, for the API's description. */
export const cloudEventSchema: z.ZodType = cloudEvent.meta({
  ...cloudEvent.meta(),
  examples: [exampleOf('pledge.announced')],
});
