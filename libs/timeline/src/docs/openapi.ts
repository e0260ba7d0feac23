import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { z } from 'zod';
import { parameterNotes } from '../request/parameters.js';

const DESCRIPTION = `What happens between Canada and Ukraine, as a chronology in which every figure can be traced.

Every read is at a place on two axes: \`as_known_at\` (what was public by a day) and \`as_recorded_at\` (what this journal held at a position or time). Left out: all that is recorded, as now corrected, retracted hidden. Every answer tells its place, and how to cite it: \`cite.url\` has the place pinned, \`cite.sha256\` is of the RFC 8785 form of what that URL answers, without its \`cite\`.`;

interface Converted {
  schema: Record<string, unknown>;
  components: Record<string, Record<string, unknown>>;
}

/** JSON Schema of a zod schema, for the description: a parameter as it is sent, a day without its giant pattern. */
function toOpenApi(schema: unknown, { schemaType }: { schemaType: 'input' | 'output' }): Converted | undefined {
  if (!(schema instanceof z.ZodType)) return undefined;
  const {
    $schema: _schema,
    $defs,
    ...converted
  } = z.toJSONSchema(schema, {
    io: schemaType,
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      const sent = parameterNotes.get(zodSchema)?.sent;
      if (sent) Object.assign(clear(jsonSchema), sent);
      if (jsonSchema.format === 'date' || jsonSchema.format === 'date-time') delete jsonSchema.pattern;
    },
  });
  return { schema: converted, components: $defs ?? {} };
}

/** Forgets what a schema says of values; its description stays. */
function clear(schema: Record<string, unknown>): Record<string, unknown> {
  for (const key of Object.keys(schema)) if (key !== 'description') delete schema[key];
  return schema;
}

/** The API of an app, whatever it is composed of, as OpenAPI 3.1. */
export function describeApi(app: INestApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Litopys')
    .setVersion('1')
    .setDescription(DESCRIPTION)
    .setLicense('CC BY 4.0 (data)', 'https://creativecommons.org/licenses/by/4.0/')
    .build();
  return withProblems(SwaggerModule.createDocument(app, config, { standardSchemaConverter: toOpenApi }));
}

const PROBLEM = {
  type: 'object',
  description: 'RFC 9457, with every mistake: its field, the rule that it breaks, and the mend.',
  required: ['type', 'title', 'status', 'detail', 'code', 'retriable', 'errors'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    code: { type: 'string', description: 'Stable: switch on it.' },
    retriable: { type: 'boolean', description: 'Whether the same request may succeed later.' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['detail'],
        properties: Object.fromEntries(['field', 'rule', 'detail', 'mend'].map((name) => [name, { type: 'string' }])),
      },
    },
  },
};

/** Every request may be refused in the same form. */
function withProblems(document: OpenAPIObject): OpenAPIObject {
  const content = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };
  for (const item of Object.values(document.paths))
    for (const operation of Object.values(item) as { responses?: Record<string, unknown> }[])
      if (operation.responses) operation.responses['default'] = { description: 'A problem.', content };
  document.components = {
    ...document.components,
    schemas: { ...document.components?.schemas, Problem: PROBLEM as never },
  };
  return document;
}
