import { cloudEvent, SCHEMAS, type EventTypeName } from '#libs/contracts';
import { z } from 'zod';
import { exampleDataFor, exampleOf } from './examples.js';

/** What a verb's body is, for the API's description, with an example; only an opening carries a slug. */
export function bodySchema(kind: string, type: EventTypeName, { opening }: { readonly opening: boolean }): z.ZodType {
  const schema: z.ZodType = SCHEMAS[type];
  const { slug, ...rest } = exampleDataFor(kind, type);
  return schema.meta({ ...schema.meta(), examples: [opening ? { slug, ...rest } : rest] });
}

/** The body where several types may come, for the API's description. */
export const anyBodySchema = (kind: string, types: readonly EventTypeName[]): z.ZodType =>
  z.union(types.map((type) => bodySchema(kind, type, { opening: true })));

/** A CloudEvent, for the API's description. */
export const cloudEventSchema: z.ZodType = cloudEvent.meta({
  ...cloudEvent.meta(),
  examples: [exampleOf('pledge.announced')],
});
