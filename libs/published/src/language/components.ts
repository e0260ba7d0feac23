import { isDeepStrictEqual } from 'node:util';
import { eventType } from '#libs/contracts';
import type { JsonSchema } from './json-schema.js';
import { publishedSchemas, type PublishedSchema } from './published-schemas.js';

/** Schemas by the names under which OpenAPI and AsyncAPI documents refer to them. */
export type Components = Map<string, JsonSchema>;

/** Where a document keeps the schemas that it refers to. */
export const COMPONENTS = '#/components/schemas/';

export const refTo = (name: string): { readonly $ref: string } => ({ $ref: `${COMPONENTS}${name}` });

/** The component that describes the data of a type in one of its versions. */
export const dataComponent = (name: string, version: number): string => `${name}.v${version}`;

/** A value with every reference in it made another. */
function withRefs(value: unknown, other: (ref: string) => string): unknown {
  if (Array.isArray(value)) return value.map((one) => withRefs(one, other));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, below]) =>
      key === '$ref' && typeof below === 'string' ? [key, other(below)] : [key, withRefs(below, other)],
    ),
  );
}

/**
 * A schema whose definitions are components of the document that it stands in.
 * @param components gets the definitions; one name means one thing
 */
export function hoist(schema: JsonSchema, components: Components): JsonSchema {
  const { $schema: _schema, $id: _id, $defs = {}, ...rest } = schema;
  const toComponent = (ref: string): string => ref.replace('#/$defs/', COMPONENTS);
  for (const [name, definition] of Object.entries($defs as Record<string, JsonSchema>)) {
    const hoisted = withRefs(definition, toComponent) as JsonSchema;
    const known = components.get(name);
    if (known !== undefined && !isDeepStrictEqual(known, hoisted))
      throw new Error(`"${name}" is the name of two definitions: ${JSON.stringify([known, hoisted])}`);
    components.set(name, hoisted);
  }
  return withRefs(rest, toComponent) as JsonSchema;
}

/** An event as it is sent, with the data of its type: one way a type and version. */
function eventSchema(published: readonly PublishedSchema[]): JsonSchema {
  const ways = published.flatMap(({ of }) =>
    of
      ? [
          {
            type: 'object',
            title: eventType(of.name, of.version),
            required: ['type', 'data'],
            properties: {
              type: { const: eventType(of.name, of.version) },
              data: refTo(dataComponent(of.name, of.version)),
            },
          },
        ]
      : [],
  );
  return {
    title: 'An event as a producer sends it, with the data of its type',
    allOf: [refTo('CloudEvent'), { oneOf: ways }],
  };
}

/** The published language as components: `CloudEvent`, `Event`, and the data of each type, such as `pledge.announced.v1`. */
export function languageComponents(): Components {
  const components: Components = new Map();
  const published = publishedSchemas();
  for (const { of, schema } of published)
    components.set(of ? dataComponent(of.name, of.version) : 'CloudEvent', hoist(schema, components));
  return components.set('Event', eventSchema(published));
}

/** The components that a document refers to, and those that they refer to. */
export function reachedFrom(document: unknown, components: Components): Record<string, JsonSchema> {
  const reached: Record<string, JsonSchema> = {};
  const visit = (value: unknown): void =>
    void withRefs(value, (ref) => {
      const name = ref.slice(COMPONENTS.length);
      const component = components.get(name);
      if (ref.startsWith(COMPONENTS) && component && !Object.hasOwn(reached, name)) {
        reached[name] = component;
        visit(component);
      }
      return ref;
    });
  visit(document);
  return Object.fromEntries(Object.entries(reached).sort(([a], [b]) => (a < b ? -1 : 1)));
}
