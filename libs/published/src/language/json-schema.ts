import { z } from 'zod';
import './parts.js';

export type JsonSchema = Record<string, unknown>;

/** zod writes a date's whole calendar as one pattern; readers get the format by name instead. */
const LONGEST_PATTERN = 120;

export interface JsonSchemaOptions {
  /** What is sent, or what is answered. */
  readonly io: 'input' | 'output';
  /** Whether what no schema can say is left open; refused otherwise. */
  readonly lenient?: boolean;
  /** What is said of one schema instead of what zod says. */
  readonly instead?: (schema: z.core.$ZodType) => JsonSchema | undefined;
}

/** Forgets what a schema says of values; its description stays. */
function clear(schema: JsonSchema): JsonSchema {
  for (const key of Object.keys(schema)) if (key !== 'description') delete schema[key];
  return schema;
}

/** JSON Schema 2020-12 of a zod schema; parts that are shared are definitions of their names. */
export function jsonSchemaOf(schema: z.ZodType, { io, lenient = false, instead }: JsonSchemaOptions): JsonSchema {
  const converted = z.toJSONSchema(schema, {
    target: 'draft-2020-12',
    io,
    unrepresentable: lenient ? 'any' : 'throw',
    override: ({ zodSchema, jsonSchema }) => {
      if ((jsonSchema.pattern?.length ?? 0) > LONGEST_PATTERN) delete jsonSchema.pattern;
      const other = instead?.(zodSchema);
      if (other) Object.assign(clear(jsonSchema), other);
    },
  });
  // A definition is known by its key; zod repeats that as an `id`, which JSON Schema does not know.
  for (const definition of Object.values(converted.$defs ?? {})) delete definition['id'];
  return converted;
}
