import type { z } from 'zod';

type Def = { readonly type: string } & Readonly<Record<string, unknown>>;

const defOf = (schema: z.core.$ZodType): Def => schema._zod.def as unknown as Def;
const inner = (value: unknown): z.core.$ZodType => value as z.core.$ZodType;

/** The schema of a value below another one, by key or index; `undefined` where the way is not told. */
function step(schema: z.core.$ZodType, key: PropertyKey): z.core.$ZodType | undefined {
  const def = defOf(schema);
  switch (def.type) {
    case 'object':
      return (def['shape'] as Record<PropertyKey, z.core.$ZodType>)[key];
    case 'array':
      return inner(def['element']);
    case 'record':
      return inner(def['valueType']);
    case 'optional':
    case 'nullable':
      return step(inner(def['innerType']), key);
    default:
      return undefined;
  }
}

/** The keys that an object at a path may have; empty where the schema does not say. */
export function knownKeysAt(schema: z.core.$ZodType, path: readonly PropertyKey[]): string[] {
  let at: z.core.$ZodType | undefined = schema;
  for (const key of path) at = at && step(at, key);
  while (at && ['optional', 'nullable'].includes(defOf(at).type)) at = inner(defOf(at)['innerType']);
  return at && defOf(at).type === 'object' ? Object.keys(defOf(at)['shape'] as object) : [];
}
