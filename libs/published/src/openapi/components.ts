import { z } from 'zod';
import { hoist, languageComponents, refTo, type Components } from '../language/components.js';
import { jsonSchemaOf, type JsonSchema } from '../language/json-schema.js';
import { parameterNotes } from './parameter-notes.js';

let known: Components | undefined;

/** What the descriptions of this process refer to so far: the published language, and what its answers are made of. */
const components = (): Components => (known ??= languageComponents());

/** Answers that have a name; converted when somebody asks for a description. */
const answers: z.ZodType[] = [];

/** Gives an answer the name under which the description refers to it; answers that reference. */
export function nameAnswer(name: string, schema: z.ZodType): { readonly $ref: string } {
  z.globalRegistry.add(schema, { ...schema.meta(), id: name });
  answers.push(schema);
  return refTo(name);
}

/** JSON Schema of a zod schema, for the description of the API: a parameter as it is sent, parts by reference. */
function apiSchema(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
  const instead = (part: z.core.$ZodType): JsonSchema | undefined => parameterNotes.get(part as z.ZodType)?.sent;
  return hoist(jsonSchemaOf(schema, { io, lenient: true, instead }), components());
}

/** How the framework has schemas converted that routes are decorated with. */
export function convertSchema(
  schema: unknown,
  { schemaType }: { readonly schemaType: 'input' | 'output' },
): { schema: JsonSchema; components: Record<string, JsonSchema> } | undefined {
  if (!(schema instanceof z.ZodType)) return undefined;
  return { schema: apiSchema(schema, schemaType), components: {} };
}

/** All that a description may refer to. */
export function apiComponents(): Components {
  // What has a name becomes a definition of that name.
  for (const schema of answers) apiSchema(schema, 'output');
  return components();
}
