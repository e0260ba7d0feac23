import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { LICENSE, TITLE, VERSION } from '../about.js';
import { reachedFrom } from '../language/components.js';
import { apiComponents, convertSchema } from './components.js';
import { addProblems, PROBLEM } from './problems.js';

const DESCRIPTION = `What happens between Canada and Ukraine, as a chronology in which every figure can be traced.

Every read is at a place on two axes: \`as_known_at\` (what was public by a day) and \`as_recorded_at\` (what this journal held at a position or time). Left out: all that is recorded, as now corrected, retracted hidden. Every answer tells its place, and how to cite it: \`cite.url\` has the place pinned, \`cite.sha256\` is of the RFC 8785 form of what that URL answers, without its \`cite\`.`;

const KEY =
  'What whoever writes sends, made by `litopys keys add`. Programs of the machine that a process listens on, and on it alone, may leave it out.';

/** `list_entries` of EntriesController's `list`. */
const operationId = (controller: string, method: string): string =>
  `${method}_${controller.replace(/Controller$/, '').replaceAll(/(?<=[a-z])[A-Z]/g, '_$&')}`.toLowerCase();

/** The API of an app, whatever it is composed of, as OpenAPI 3.1. */
export function describeApi(app: INestApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle(TITLE)
    .setVersion(VERSION)
    .setDescription(DESCRIPTION)
    .setLicense(LICENSE.name, LICENSE.url)
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'litopys_<id>_<secret>', description: KEY }, 'key')
    .build();
  const document = SwaggerModule.createDocument(app, config, {
    standardSchemaConverter: convertSchema,
    operationIdFactory: operationId,
  });
  addProblems(document);
  const components = new Map(apiComponents()).set('Problem', PROBLEM);
  document.components = { ...document.components, schemas: reachedFrom(document, components) };
  return document;
}
