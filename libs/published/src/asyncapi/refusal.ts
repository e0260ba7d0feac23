import { refTo } from '../language/components.js';
import type { JsonSchema } from '../language/json-schema.js';

const nullable = (type: string, description: string): JsonSchema => ({ type: [type, 'null'], description });

/** Bytes as a reader can use them. */
const TOLD: JsonSchema = {
  anyOf: [
    { type: 'object', required: ['text'], properties: { text: { type: 'string' } } },
    { type: 'object', required: ['base64'], properties: { base64: { type: 'string' } } },
    { type: 'null' },
  ],
};

const HEADER: JsonSchema = {
  type: 'object',
  required: ['name', 'value'],
  properties: { name: { type: 'string' }, value: TOLD },
};

/** The value of a record on the topic of refusals. */
export const REFUSAL: JsonSchema = {
  description: 'Why a record of the intake was not taken: a problem, and the record that it is about.',
  allOf: [
    refTo('Problem'),
    {
      type: 'object',
      required: ['id', 'field', 'rule', 'mend', 'original'],
      properties: {
        id: {
          type: 'string',
          description: 'Topic, partition and offset of the record: a refusal told twice has the same.',
        },
        field: nullable('string', 'Of the first mistake.'),
        rule: nullable('string', 'Of the first mistake.'),
        mend: nullable('string', 'Of the first mistake.'),
        original: {
          type: 'object',
          required: ['topic', 'partition', 'offset', 'timestamp', 'bytes'],
          properties: {
            topic: { type: 'string' },
            partition: { type: 'integer' },
            offset: { type: 'string' },
            timestamp: nullable('string', 'When it was written to the topic, ISO UTC.'),
            bytes: nullable('integer', 'Of its value; null of a tombstone.'),
            record: {
              type: 'object',
              description: 'Left out where it is too large to be carried twice.',
              required: ['key', 'headers', 'value'],
              properties: { key: TOLD, headers: { type: 'array', items: HEADER }, value: TOLD },
            },
          },
        },
      },
    },
  ],
};

const fixed = (value: string): JsonSchema => ({ type: 'string', const: value });

/** Headers of a refusal, which is a CloudEvent in binary mode too. */
export const REFUSAL_HEADERS: JsonSchema = {
  type: 'object',
  required: ['ce_specversion', 'ce_id', 'ce_source', 'ce_type', 'content-type'],
  properties: {
    ce_specversion: fixed('1.0'),
    ce_id: { type: 'string' },
    ce_source: { type: 'string', description: 'urn:litopys:intake: and the topic of the intake.' },
    ce_type: fixed('litopys.intake.rejected.v1'),
    'content-type': fixed('application/problem+json'),
  },
};
