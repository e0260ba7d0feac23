import type { z } from 'zod';
import * as contracts from '#libs/contracts';
import { jsonSchemaOf, type JsonSchema } from './json-schema.js';

/** A closed code list as it is published. */
export interface PublishedCodes {
  readonly path: string;
  readonly codes: Record<string, unknown>;
}

/** The closed code lists, each code with its definition and what else is known of it. */
export function publishedCodes(): PublishedCodes[] {
  return Object.entries(contracts.CODE_LISTS).map(([name, { title, codes }]) => ({
    path: `events/codes/${name}.json`,
    codes: { title, codes: Object.entries(codes).map(([code, about]) => ({ code, ...about })) },
  }));
}

/** One published schema: where it stands in the tree, and what it says. */
export interface PublishedSchema {
  /** From the root of the project. */
  readonly path: string;
  /** The type and version whose data it is of; left out for the envelope. */
  readonly of?: { readonly name: contracts.EventTypeName; readonly version: number };
  readonly schema: JsonSchema;
}

/** Its name first, as people read it. */
function titled($id: string, schema: z.ZodType): JsonSchema {
  const { $schema, title, description, ...rest } = jsonSchemaOf(schema, { io: 'input' });
  return { $schema, $id, title, description, ...rest };
}

function schemasOf(name: contracts.EventTypeName): PublishedSchema[] {
  return contracts.versionsOf(name).map((version) => ({
    path: `events/${name}/v${version}.schema.json`,
    of: { name, version },
    schema: titled(contracts.dataschemaOf(name, version), contracts.schemaOf(name, version)),
  }));
}

/**
 * The published language as JSON Schema 2020-12, made from the zod schemas of libs/contracts: the `data` of every event
 * type, and the envelope. What a schema cannot say (real days, currencies in use, who must be named) is in events/README.md.
 */
export function publishedSchemas(): PublishedSchema[] {
  return [
    { path: 'events/cloudevent.schema.json', schema: titled('urn:litopys:schema:cloudevent', contracts.cloudEvent) },
    ...contracts.EVENT_TYPE_NAMES.flatMap(schemasOf),
  ];
}
