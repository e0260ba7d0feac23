import { z } from 'zod';
import * as contracts from '#libs/contracts';

/** Parts that many events share; each becomes one definition of its name in every schema that uses it. */
const PARTS = {
  category: contracts.category,
  change: contracts.change,
  citation: contracts.citation,
  conversion: contracts.conversion,
  day: contracts.day,
  edtf: contracts.edtfText,
  'event-name': contracts.eventName,
  json: contracts.anyJson,
  language: contracts.language,
  line: contracts.line,
  'line-id': contracts.lineId,
  money: contracts.money,
  party: contracts.party,
  'party-id': contracts.partyId,
  pledge: contracts.pledgeName,
  quantity: contracts.quantity,
  ref: contracts.ref,
  slug: contracts.slug,
  stream: contracts.streamName,
} as const satisfies Record<string, z.ZodType>;

for (const [id, part] of Object.entries(PARTS)) z.globalRegistry.add(part, { ...part.meta(), id });

/** zod writes a date's whole calendar as one pattern; readers get the format by name instead. */
const LONGEST_PATTERN = 120;

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

type JsonSchema = Record<string, unknown>;

/** A definition is known by its key; zod repeats that as an `id`, which JSON Schema does not know. */
function jsonSchemaOf(schema: z.ZodType): JsonSchema {
  const published = z.toJSONSchema(schema, {
    target: 'draft-2020-12',
    io: 'input',
    override: ({ jsonSchema }) => {
      if ((jsonSchema.pattern?.length ?? 0) > LONGEST_PATTERN) delete jsonSchema.pattern;
    },
  });
  for (const definition of Object.values(published.$defs ?? {})) delete definition['id'];
  return published;
}

/** One published schema: where it stands in the tree, and what it says. */
export interface PublishedSchema {
  /** From the root of the project. */
  readonly path: string;
  readonly schema: JsonSchema;
}

function published(path: string, $id: string, schema: z.ZodType): PublishedSchema {
  const { $schema, title, description, ...rest } = jsonSchemaOf(schema);
  return { path, schema: { $schema, $id, title, description, ...rest } };
}

/**
 * The published language as JSON Schema 2020-12, made from the zod schemas of libs/contracts: the `data` of every event
 * type, and the envelope. What a schema cannot say (real days, currencies in use, who must be named) is in events/README.md.
 */
export function publishedSchemas(): PublishedSchema[] {
  return [
    published('events/cloudevent.schema.json', 'urn:litopys:schema:cloudevent', contracts.cloudEvent),
    ...contracts.EVENT_TYPE_NAMES.flatMap((name) =>
      contracts
        .versionsOf(name)
        .map((version) =>
          published(
            `events/${name}/v${version}.schema.json`,
            contracts.dataschemaOf(name, version),
            contracts.schemaOf(name, version),
          ),
        ),
    ),
  ];
}
