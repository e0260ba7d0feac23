import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import {
  cloudEvent,
  CODE_LISTS,
  collectionOf,
  COLLECTIONS,
  dataschemaOf,
  EVENT_TYPE_NAMES as TYPES,
  eventType,
  newestVersion,
  parseJson,
  SCHEMAS,
  schemaOf,
  typesOf,
  upcast,
  versionsOf,
  type Collection,
  type EventTypeName,
  type JsonObject,
} from '#libs/contracts';
import { publishedSchemas } from '#libs/published';

const ROOT = join(import.meta.dirname, '..');

const read = (path: string): unknown => parseJson(readFileSync(join(ROOT, path), 'utf8'));
const exampleOf = (name: EventTypeName, version = newestVersion(name)) =>
  cloudEvent.parse(read(`events/${name}/v${version}.example.json`));

const ajv = new Ajv2020({ allErrors: true, formats: { uri: true, 'date-time': true } });
const validators = new Map<string, ValidateFunction>();
for (const { schema } of publishedSchemas()) validators.set(String(schema['$id']), ajv.compile(schema));

/** Whether the published JSON Schema takes a value, as a reader who never sees our code would find. */
function schemaTakes(id: string, value: unknown): boolean {
  const validate = validators.get(id);
  if (!validate) throw new Error(`no schema ${id}`);
  return validate(value);
}

const codeTakes = (name: EventTypeName, version: number, data: unknown): boolean =>
  schemaOf(name, version).safeParse(data).success;
const EVERY_VERSION = TYPES.flatMap((name) => versionsOf(name).map((version) => ({ name, version })));
const without = (data: Record<string, unknown>, key: string) =>
  Object.fromEntries(Object.entries(data).filter(([one]) => one !== key));

it.each(publishedSchemas())('$path is what the code says today', ({ path, schema }) => {
  expect(read(path)).toEqual(JSON.parse(JSON.stringify(schema)));
});

it.each(TYPES)('the README explains %s', (name) => {
  expect(readFileSync(join(ROOT, 'events/README.md'), 'utf8')).toContain(`| \`${name}\` |`);
});

describe.each(EVERY_VERSION)('$name, version $version,', ({ name, version }) => {
  const example = exampleOf(name, version);
  const id = dataschemaOf(name, version);

  it('has an example that the code and the published schemas take', () => {
    expect(schemaOf(name, version).parse(example.data)).toEqual(example.data);
    expect(schemaTakes(id, example.data)).toBe(true);
    expect(schemaTakes('urn:litopys:schema:cloudevent', example)).toBe(true);
  });

  it('has an example of its own type, on a stream of a context that knows it', () => {
    expect(example).toMatchObject({ type: eventType(name, version), dataschema: id });
    const collection = collectionOf(example.subject);
    expect(collection && typesOf(collection)).toContain(name);
  });

  it('refuses a field that it does not know', () => {
    const broken = { ...example.data, sum: 1 };
    expect([codeTakes(name, version, broken), schemaTakes(id, broken)]).toEqual([false, false]);
  });

  it('refuses every field of another type', () => {
    for (const key of Object.keys(example.data)) {
      const broken = { ...example.data, [key]: { wrong: true } };
      expect([key, codeTakes(name, version, broken), schemaTakes(id, broken)]).toEqual([key, false, false]);
    }
  });

  it('refuses to go without what is required', () => {
    const { required } = validators.get(id)?.schema as { required: string[] };
    expect(required).toContain('citations');
    for (const key of required) {
      const broken = without(example.data, key);
      expect([key, codeTakes(name, version, broken), schemaTakes(id, broken)]).toEqual([key, false, false]);
    }
  });

  it('can be told in the newest version', () => {
    const told = upcast(name, version, example.data as JsonObject);
    expect(SCHEMAS[name].safeParse(told).error).toBeUndefined();
    if (version === newestVersion(name)) expect(told).toEqual(example.data);
  });

  it('refuses an empty list of citations', () => {
    const broken = { ...example.data, citations: [] };
    expect([codeTakes(name, version, broken), schemaTakes(id, broken)]).toEqual([false, false]);
  });
});

describe('the code lists', () => {
  const lists = Object.entries(CODE_LISTS).map(([name, { codes }]) => ({ name, codes: Object.entries(codes) }));

  it.each(lists)('define every code of $name in a sentence', ({ name, codes }) => {
    const published = read(`events/codes/${name}.json`) as { codes: { code: string; says: string }[] };
    expect(published.codes.map(({ code }) => code)).toEqual(codes.map(([code]) => code));
    for (const [code, { says }] of codes) {
      expect(code).toMatch(/^[a-z]+(-[a-z]+)*(\/[a-z]+(-[a-z]+)*)?$/);
      expect(says).toMatch(/^[A-Z].+\.$/);
    }
  });
});

it('every type has a verb in some collection, and every verb a type', () => {
  const verbs = Object.values<Collection>(COLLECTIONS).flatMap(typesOf);
  expect(new Set(verbs)).toEqual(new Set(TYPES));
});

describe('the envelope', () => {
  const example = exampleOf('pledge.announced');

  it.each([
    ['another version of CloudEvents', { ...example, specversion: '0.3' }],
    ['data as text', { ...example, data: '{}' }],
    ['data in another form than JSON', { ...example, datacontenttype: 'text/plain' }],
    ['an extension that it does not know', { ...example, position: 1 }],
    ['no identity', without(example, 'id')],
    ['no stream', without(example, 'subject')],
  ])('refuses %s', (_what, broken) => {
    expect(cloudEvent.safeParse(broken).success).toBe(false);
    expect(schemaTakes('urn:litopys:schema:cloudevent', broken)).toBe(false);
  });
});

describe('what only the code can refuse', () => {
  const pledge = exampleOf('pledge.announced').data;
  const itemized = exampleOf('pledge.itemized').data;
  const corrected = exampleOf('record.corrected').data;
  const money = { amount: '2000000000', currency: 'CAD', qualifier: 'exact' };
  const line = { id: 'purl', label: 'Air defence', category: 'military/air-defence' };
  const link = { relation: 'same-as', target: 'pledge/2024-support-3020m' };

  it.each<[string, EventTypeName, Record<string, unknown>, string]>([
    ['a day that no calendar has', 'pledge.announced', { ...pledge, known_since: '2025-02-30' }, 'known_since'],
    ['a text that is no EDTF', 'pledge.announced', { ...pledge, occurred: 'June 2025' }, 'occurred'],
    ['a currency that is not in use', 'pledge.announced', { ...pledge, money: { ...money, currency: 'CAB' } }, 'money'],
    [
      'a sum in no currency, not as printed',
      'pledge.announced',
      { ...pledge, money: { ...money, currency: null } },
      'money',
    ],
    [
      'a pledge without a donor',
      'pledge.announced',
      { ...pledge, parties: [{ id: 'state:ua', name: 'Ukraine', role: 'beneficiary' }] },
      'parties',
    ],
    [
      'a pledge without a beneficiary',
      'pledge.announced',
      { ...pledge, parties: [{ id: 'state:ca', name: 'Canada', role: 'donor' }] },
      'parties',
    ],
    ['same-as with money', 'pledge.announced', { ...pledge, refs: [{ ...link, money }] }, 'refs'],
    ['two lines of one id', 'pledge.itemized', { ...itemized, lines: [line, line] }, 'lines'],
    ['no line at all', 'pledge.itemized', { ...itemized, lines: [] }, 'lines'],
    [
      'an agreement that nobody signed',
      'agreement.signed',
      without(exampleOf('agreement.signed').data, 'parties'),
      'parties',
    ],
    [
      'a claim of nothing',
      'statement.issued',
      { ...exampleOf('statement.issued').data, claims: [{ by: 'an outlet', what: 'a total' }] },
      'claims',
    ],
    [
      'a change of nothing into nothing',
      'record.corrected',
      { ...corrected, changes: [{ path: '/title' }] },
      'changes',
    ],
    [
      'a change of the known day but for a recording error',
      'record.corrected',
      { ...corrected, changes: [{ path: '/known_since', from: '2025-08-24', to: '2025-08-25' }] },
      'because',
    ],
  ])('%s', (_what, name, broken, field) => {
    const issues = SCHEMAS[name].safeParse(broken).error?.issues ?? [];
    expect(issues.map((issue) => issue.path[0])).toEqual([field]);
  });
});
