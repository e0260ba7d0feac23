import {
  canonicalJson,
  dataschemaOf,
  EVENT_TYPE_NAMES,
  eventType,
  parseType,
  schemaOf,
  streamName,
  versionsOf,
  type CloudEvent,
  type EventTypeName,
} from '#libs/contracts';
import { fingerprintOf } from '#libs/journal';
import { MAX_MISTAKES, ValidationError, type Mistake } from '#libs/platform';
import { MAX_EVENT_BYTES } from '../limits.js';
import { checkEnvelope } from './check-envelope.js';
import { jsonFields, type FieldNames } from './field-names.js';
import { mistakesOf, type Finding } from './mistakes.js';
import { nearest } from './nearest.js';
import { TooLargeError } from './too-large.js';

/** An event that its schema takes. What is hashed and stored is what was sent, not what a schema made of it. */
export interface CheckedEvent {
  readonly type: EventTypeName;
  /** The version of the type in which it was sent; a former one is taken for ever. */
  readonly version: number;
  readonly event: CloudEvent;
  readonly dataschema: string;
  readonly fingerprint: string;
  /** RFC 8785 text of the data. */
  readonly dataText: string;
  readonly fields: FieldNames;
}

const TYPES = EVENT_TYPE_NAMES.flatMap((name) => versionsOf(name).map((version) => eventType(name, version)));
const NEWEST = EVENT_TYPE_NAMES.map((name) => eventType(name));

/** Puts the first mistakes into words, and counts the rest. */
function refused(found: readonly Finding[]): ValidationError {
  const errors = found.slice(0, MAX_MISTAKES).map((finding) => finding());
  const [only] = errors;
  const message =
    found.length === 1 && only ? `${only.field ?? ''}: ${only.detail}` : `${found.length} things are not right.`;
  return new ValidationError(message, { errors, more: found.length - errors.length });
}

/** One version of one type. */
interface TypeVersion {
  readonly name: EventTypeName;
  readonly version: number;
}

function checkType({ type }: CloudEvent, fields: FieldNames): TypeVersion {
  const known = parseType(type);
  if (known !== undefined) return known;
  const near = nearest(type, TYPES);
  throw refused([
    () => ({
      field: fields.attribute('type'),
      rule: 'unknown-type',
      detail: `"${type}" is no type that this release knows.`,
      mend: `${near === undefined ? '' : `Did you mean "${near}"? `}Known: ${NEWEST.join(', ')}.`,
    }),
  ]);
}

/** The instants that the journal can hold: of the years 1 to 9999, in UTC. */
function mistakesOfTime({ time }: CloudEvent, fields: FieldNames): Mistake[] {
  if (time === undefined || /^(?!0000)\d{4}-/.test(new Date(time).toISOString())) return [];
  return [
    {
      field: fields.attribute('time'),
      rule: 'time',
      detail: `${time} lies outside the years 1 to 9999 in UTC.`,
      mend: 'Send the instant at which it happened, or leave it out.',
    },
  ];
}

/** Records of one stream are kept together by it, whatever way the event comes. */
function mistakesOfPartitionKey({ subject, partitionkey }: CloudEvent, fields: FieldNames): Mistake[] {
  if (partitionkey === undefined || partitionkey === subject) return [];
  return [
    {
      field: fields.attribute('partitionkey'),
      rule: 'partitionkey',
      detail: `"${partitionkey}" is not the stream of the event.`,
      mend: `Send "${subject}", or leave it out.`,
    },
  ];
}

function mistakesOfDataschema(
  { dataschema }: CloudEvent,
  { name, version }: TypeVersion,
  fields: FieldNames,
): Mistake[] {
  const wanted = dataschemaOf(name, version);
  if (dataschema === undefined || dataschema === wanted) return [];
  return [
    {
      field: fields.attribute('dataschema'),
      rule: 'dataschema',
      detail: `"${dataschema}" is not the schema of ${name}, version ${version}.`,
      mend: `Send "${wanted}", or leave it out.`,
    },
  ];
}

function mistakesOfAttributes(event: CloudEvent, type: TypeVersion, fields: FieldNames): Finding[] {
  const { subject } = event;
  const stream = streamName.safeParse(subject);
  const mistakes = [
    ...mistakesOfTime(event, fields),
    ...mistakesOfPartitionKey(event, fields),
    ...mistakesOfDataschema(event, type, fields),
  ];
  return [
    ...(stream.error
      ? mistakesOf(stream.error, { schema: streamName, input: subject, at: fields.attribute('subject') })
      : []),
    ...mistakes.map((mistake) => () => mistake),
  ];
}

function mistakesOfData({ data }: CloudEvent, { name, version }: TypeVersion, at: string): Finding[] {
  const schema = schemaOf(name, version);
  const result = schema.safeParse(data);
  return result.success ? [] : mistakesOf(result.error, { schema, input: data, at });
}

/**
 * Checks one CloudEvent, parsed by `parseText`, against the published language.
 * @throws ValidationError that names every mistake; TooLargeError
 */
export function checkEvent(value: unknown, fields: FieldNames = jsonFields()): CheckedEvent {
  const envelope = checkEnvelope(value, fields);
  if ('mistakes' in envelope) throw refused(envelope.mistakes);
  const { event } = envelope;
  const type = checkType(event, fields);
  const mistakes = [...mistakesOfAttributes(event, type, fields), ...mistakesOfData(event, type, fields.data)];
  if (mistakes.length > 0) throw refused(mistakes);
  const dataText = canonicalJson(event.data);
  const bytes = Buffer.byteLength(dataText);
  if (bytes > MAX_EVENT_BYTES) throw new TooLargeError(bytes, fields.data);
  const dataschema = dataschemaOf(type.name, type.version);
  const { subject, time = null } = event;
  const fingerprint = fingerprintOf({ type: event.type, subject, time, dataschema, dataText });
  return { type: type.name, version: type.version, event, dataschema, fingerprint, dataText, fields };
}
