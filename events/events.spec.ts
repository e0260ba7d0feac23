import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import {
  cloudEvent,
  CONTEXTS,
  contextOf,
  dataschemaOf,
  eventType,
  parseJson,
  SCHEMAS,
  type EventTypeName,
} from '#libs/contracts';
import { publishedSchemas } from '../tools/published-schemas.js';

const ROOT = join(import.meta.dirname, '..');
const TYPES = Object.keys(SCHEMAS) as EventTypeName[];

const read = (path: string): unknown => parseJson(readFileSync(join(ROOT, path), 'utf8'));
const exampleOf = (name: EventTypeName) => cloudEvent.parse(read(`events/${name}/v1.example.json`));

const ajv = new Ajv2020({ allErrors: true, formats: { uri: true, 'date-time': true } });
const validators = new Map<string, ValidateFunction>();
for (const { schema } of publishedSchemas()) validators.set(String(schema['$id']), ajv.compile(schema));

/** Whether the published JSON Schema takes a value, as a reader who never sees our code would find. */
function schemaTakes(id: string, value: unknown): boolean {
  const validate = validators.get(id);
  if (!validate) throw new Error(`no schema ${id}`);
  return validate(value);
}

const codeTakes = (name: EventTypeName, data: unknown): boolean => SCHEMAS[name].safeParse(data).success;
const without = (data: Record<string, unknown>, key: string) =>
  Object.fromEntries(Object.entries(data).filter(([one]) => one !== key));

it.each(publishedSchemas())('$path is what the code says today', ({ path, schema }) => {
  expect(read(path)).toEqual(JSON.parse(JSON.stringify(schema)));
});

it.each(TYPES)('the README explains %s', (name) => {
  expect(readFileSync(join(ROOT, 'events/README.md'), 'utf8')).toContain(`| \`${name}\` |`);
});

describe.each(TYPES)('%s', (name) => {
  const example = exampleOf(name);
  const id = dataschemaOf(name);

  it('has an example that the code and the published schemas take', () => {
    expect(SCHEMAS[name].parse(example.data)).toEqual(example.data);
    expect(schemaTakes(id, example.data)).toBe(true);
    expect(schemaTakes('urn:litopys:schema:cloudevent', example)).toBe(true);
  });

  it('has an example of its own type, on a stream of a context that knows it', () => {
    expect(example).toMatchObject({ type: eventType(name), dataschema: id });
    const context = contextOf(example.subject);
    expect(context && Object.values(CONTEXTS[context].verbs)).toContain(name);
  });

  it('refuses a field that it does not know', () => {
    const broken = { ...example.data, sum: 1 };
    expect([codeTakes(name, broken), schemaTakes(id, broken)]).toEqual([false, false]);
  });

  it('refuses every field of another type', () => {
    for (const key of Object.keys(example.data)) {
      const broken = { ...example.data, [key]: { wrong: true } };
      expect([key, codeTakes(name, broken), schemaTakes(id, broken)]).toEqual([key, false, false]);
    }
  });

  it('refuses to go without what is required', () => {
    const { required } = validators.get(id)?.schema as { required: string[] };
    expect(required).toContain('citations');
    for (const key of required) {
      const broken = without(example.data, key);
      expect([key, codeTakes(name, broken), schemaTakes(id, broken)]).toEqual([key, false, false]);
    }
  });

  it('refuses an empty list of citations', () => {
    const broken = { ...example.data, citations: [] };
    expect([codeTakes(name, broken), schemaTakes(id, broken)]).toEqual([false, false]);
  });
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
