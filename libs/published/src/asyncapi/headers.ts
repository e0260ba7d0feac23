import { ATTRIBUTE_OF } from '#libs/journal';
import type { Components } from '../language/components.js';
import type { JsonSchema } from '../language/json-schema.js';

const WHOLE = { type: 'string', pattern: '^[1-9][0-9]*$' };
const HASH = { type: 'string', pattern: '^[0-9a-f]{64}$' };
const INSTANT = { type: 'string', format: 'date-time' };
const DAY = { type: 'string', format: 'date' };

/** What the journal adds, by the attribute's name; text, whatever it tells. */
const ADDED: Readonly<Record<string, JsonSchema>> = {
  sequence: { ...WHOLE, description: 'The version in the stream.' },
  position: { ...WHOLE, description: 'The place in the journal: a record not above the last one seen is a repeat.' },
  recordedtime: { ...INSTANT, description: 'When the journal took it.' },
  knownsince: { ...DAY, description: 'The first day on which the public could know it.' },
  knownbasis: { type: 'string', description: 'On what ground.' },
  actor: { type: 'string', description: 'Who appended it.' },
  fingerprint: { ...HASH, description: 'Of what was sent: a repeat has the same.' },
  datahash: { ...HASH, description: 'SHA-256 of the value, byte for byte.' },
  chainhash: { ...HASH, description: 'Of this event and the chain before it.' },
  journal: { type: 'string', format: 'uuid', description: 'The journal that the position is of.' },
};

/** Attributes that an event need not have. */
const OPTIONAL: ReadonlySet<string> = new Set([
  ATTRIBUTE_OF.time,
  ATTRIBUTE_OF.correlationId,
  ATTRIBUTE_OF.causationId,
]);

const inHeaders = (attributes: Readonly<Record<string, JsonSchema>>): Record<string, JsonSchema> =>
  Object.fromEntries(Object.entries(attributes).map(([name, schema]) => [`ce_${name}`, schema]));

const contentType = { type: 'string', description: 'The datacontenttype: application/json.' };

interface Envelope {
  readonly properties: Readonly<Record<string, JsonSchema>>;
  readonly required: readonly string[];
}

/** Attributes of an event that is sent, but those that stand elsewhere in a record. */
function sentAttributes(components: Components): Envelope {
  const { properties, required } = components.get('CloudEvent') as unknown as Envelope;
  const { data: _data, datacontenttype: _contentType, ...attributes } = properties;
  return { properties: attributes, required: required.filter((name) => name !== 'data') };
}

/** Headers of a record that somebody sends in binary mode. */
export function sentHeaders(components: Components): JsonSchema {
  const { properties, required } = sentAttributes(components);
  return {
    type: 'object',
    description: 'The attributes of an event in binary mode.',
    required: required.map((name) => `ce_${name}`),
    properties: { ...inHeaders(properties), 'content-type': contentType },
  };
}

/** Headers of a record of the journal's topic: what was sent, and what the journal added. */
export function recordedHeaders(components: Components): JsonSchema {
  const { traceparent: _parent, tracestate: _state, ...sent } = sentAttributes(components).properties;
  const attributes = { ...sent, ...ADDED };
  const required = Object.keys(attributes).filter((name) => !OPTIONAL.has(name));
  return {
    type: 'object',
    description: 'The attributes of an event, as it was sent and as the journal took it.',
    required: ['content-type', ...required.map((name) => `ce_${name}`)],
    properties: { ...inHeaders(attributes), 'content-type': contentType },
  };
}
