import { EVENT_TYPE_NAMES, eventType } from '#libs/contracts';
import { publishedCodes, publishedSchemas, type PublishedSchema } from '../language/published-schemas.js';

/** A file as it is served. */
export interface ServedFile {
  readonly contentType: string;
  readonly text: string;
}

const SCHEMA = 'application/schema+json; charset=utf-8';
const JSON_UTF8 = 'application/json; charset=utf-8';

const json = (value: unknown): ServedFile => ({ contentType: JSON_UTF8, text: JSON.stringify(value) });

/** `/schemas/pledge.announced/v1.json` of `events/pledge.announced/v1.schema.json`. */
const urlOf = ({ path }: { readonly path: string }): string =>
  path.replace(/^events\//, '/schemas/').replace(/\.schema\.json$/, '.json');

/** What there is: the schema of each version of each type, the newest marked, the envelope, and the code lists. */
function indexOf(schemas: readonly PublishedSchema[], codes: readonly { readonly path: string }[]): object {
  const types = schemas.flatMap(({ of, path, schema }) =>
    of ? [{ type: eventType(of.name, of.version), dataschema: schema['$id'], url: urlOf({ path }) }] : [],
  );
  return {
    envelope: schemas.filter(({ of }) => of === undefined).map(urlOf)[0],
    newest: EVENT_TYPE_NAMES.map((name) => eventType(name)),
    types,
    codes: codes.map(urlOf),
    topics: '/asyncapi.json',
    api: '/openapi.json',
  };
}

/** Everything under `/schemas/`, by path. */
export function schemaFiles(): ReadonlyMap<string, ServedFile> {
  const [schemas, codes] = [publishedSchemas(), publishedCodes()];
  const files = new Map<string, ServedFile>();
  for (const one of schemas) files.set(urlOf(one), { contentType: SCHEMA, text: JSON.stringify(one.schema) });
  for (const one of codes) files.set(urlOf(one), json(one.codes));
  const index = json(indexOf(schemas, codes));
  return files.set('/schemas', index).set('/schemas/', index);
}
