import { describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { EVENT_TYPE_NAMES, versionsOf } from '#libs/contracts';
import type { JournalRow } from '#libs/journal';
import { toProblem, ValidationError } from '#libs/platform';
import { tellRefusal } from '../../../broker/src/intake/refusal.js';
import { toRejected } from '../../../broker/src/intake/rejected-records.js';
import { toMessage } from '../../../broker/src/message.js';
import { INTAKE_TOPIC, JOURNAL_TOPIC, REJECTED_TOPIC } from '../../../broker/src/topic.js';
import { DEFAULT_TOPICS, describeTopics } from './describe-topics.js';

interface Described {
  readonly channels: Record<
    string,
    { messages: object; bindings: { kafka: { topicConfiguration: Record<string, unknown> } } }
  >;
  readonly components: { readonly messages: object; readonly schemas: object };
}

const document = describeTopics(DEFAULT_TOPICS);
const { channels, components } = document as unknown as Described;
const ajv = new Ajv2020({ strict: false, validateFormats: false }).addSchema(document, 'topics');
const mistakesIn = (component: string, value: unknown) =>
  ajv.validate(`topics#/components/schemas/${component}`, value) ? [] : ajv.errors;

const row: JournalRow = {
  position: 9_007_199_254_740_991,
  stream: 'pledge/example',
  version: 2,
  source: 'urn:example',
  id: 'x-1',
  fingerprint: 'a1'.repeat(32),
  type: 'litopys.pledge.restated.v1',
  dataschema: 'urn:litopys:schema:pledge.restated:v1',
  time: null,
  knownSince: '2025-08-24',
  knownBasis: 'source',
  actor: 'urn:litopys:local',
  correlationId: null,
  causationId: 'x-0',
  recordedAt: '2026-01-01T00:00:00.000Z',
  data: '{}',
  dataHash: 'b2'.repeat(32),
  chainHash: 'c3'.repeat(32),
};

describe('the topics as they are described', () => {
  it('have every version of every type, on the way in and on the way out', () => {
    const names = EVENT_TYPE_NAMES.flatMap((name) => versionsOf(name).map((version) => `${name}.v${version}`));
    expect(names).toEqual(expect.arrayContaining(['agreement.signed.v1', 'agreement.signed.v2']));
    expect(Object.keys(channels['events']?.messages ?? {})).toEqual(names.map((name) => `recorded.${name}`));
    expect(Object.keys(channels['intake']?.messages ?? {})).toEqual([
      'sent.structured',
      ...names.map((name) => `sent.${name}`),
    ]);
    for (const name of names) expect(components.schemas).toHaveProperty([name]);
  });

  it('have the headers that the relay writes, and no others', () => {
    const { headers } = toMessage(row, '0b9c4f8e-3d0a-4c6e-9f59-0d4a3c1f7a10');
    expect(mistakesIn('RecordedHeaders', headers)).toEqual([]);
    for (const name of Object.keys(headers)) {
      const { [name]: _without, ...rest } = headers;
      const isOptional = name === 'ce_causationid';
      expect([name, mistakesIn('RecordedHeaders', rest)?.length]).toEqual([name, isOptional ? 0 : 1]);
    }
    const described = (components.schemas as Record<string, { properties: object }>)['RecordedHeaders'];
    expect(Object.keys(described?.properties ?? {})).toEqual(expect.arrayContaining(Object.keys(headers)));
  });

  it('have the refusals that the intake writes', () => {
    const problem = toProblem(new ValidationError('No.', { field: '/id', rule: 'required', mend: 'Give it.' }));
    const headers = { ce_id: Buffer.from('x'), ce_source: [Buffer.from([0xff]), 'y'] };
    const message = { key: null, value: Buffer.from('{}'), headers, offset: '7', timestamp: '0', attributes: 0 };
    const place = { topic: 'litopys.intake', partition: 3 };
    for (const withRecord of [true, false])
      expect(mistakesIn('Refusal', tellRefusal(place, { message, problem }, withRecord))).toEqual([]);
    const record = toRejected(place, { message, problem }, { partitions: 4, maxBytes: 1_000_000 });
    expect(mistakesIn('RefusalHeaders', record.headers)).toEqual([]);
    expect(mistakesIn('Refusal', {})).not.toEqual([]);
  });

  it('are set as the relay and the intake make them', () => {
    const kinds = { events: JOURNAL_TOPIC, intake: INTAKE_TOPIC, rejected: REJECTED_TOPIC };
    for (const [name, { madeWith }] of Object.entries(kinds)) {
      const told = channels[name]?.bindings.kafka.topicConfiguration ?? {};
      const made = Object.fromEntries(Object.keys(told).map((setting) => [setting, madeWith[setting]]));
      expect(Object.fromEntries(Object.entries(told).map(([key, value]) => [key, String(value)]))).toEqual(made);
    }
  });
});
