import { isUtf8 } from 'node:buffer';
import type { Json } from '#libs/contracts';
import { ValidationError } from '#libs/platform';
import { jsonFields, KAFKA_FIELDS, type FieldNames } from '../check/field-names.js';
import { parseBytes } from '../check/parse.js';
import { eventOfBinary } from './binary.js';

/** Headers of a record as kafkajs hands them over: one that is given twice is an array. */
export type MessageHeaders = Readonly<Record<string, Buffer | string | (Buffer | string)[] | undefined>>;

/** An event as a record carries it, and what its parts are called there. */
export interface SentMessage {
  readonly event: Json;
  readonly fields: FieldNames;
}

const TAKEN =
  'Send the event in structured mode, its content-type application/cloudevents+json, or in binary mode, its attributes in headers such as ce_id.';

const refused = (field: string, rule: string, detail: string, mend: string): ValidationError =>
  new ValidationError(detail, { field, rule, mend });

const isOfTheBinding = (name: string): boolean => name === 'content-type' || name.startsWith('ce_');

/**
 * The text of each header of the binding that is there; clients write those that they do not set as null. What else a
 * client or a tracer has put into headers may be anything.
 */
function textsOf(headers: MessageHeaders): Map<string, string> {
  const texts = new Map<string, string>();
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined || value === null || !isOfTheBinding(name)) continue;
    if (Array.isArray(value)) throw refused(name, 'given-once', `The header ${name} is given twice.`, 'Give it once.');
    if (!isUtf8(Buffer.from(value)))
      throw refused(name, 'utf-8', `The header ${name} is not UTF-8.`, 'Send text in UTF-8.');
    texts.set(name, value.toString());
  }
  return texts;
}

/** Whether a content type is that of an event format: then the event is whole in the value. */
function isStructured(contentType: string): boolean {
  const type = contentType.toLowerCase();
  if (!type.startsWith('application/cloudevents')) return false;
  if (/^application\/cloudevents\+json\s*(;|$)/.test(type)) return true;
  const isBatch = type.startsWith('application/cloudevents-batch');
  throw refused(
    'content-type',
    'content-type',
    isBatch
      ? 'A record holds one event: CloudEvents has no batches in Kafka.'
      : `${contentType.slice(0, 80)} is not taken.`,
    TAKEN,
  );
}

const attributesIn = (headers: ReadonlyMap<string, string>): Map<string, string> =>
  new Map([...headers].filter(([name]) => name.startsWith('ce_')).map(([name, text]) => [name.slice(3), text]));

/**
 * The event in a Kafka record, in structured or binary mode; it is yet to be checked against the published language.
 * Source: CloudEvents Kafka protocol binding 1.0.2, section 3.
 *
 * @param value null of a tombstone
 * @throws ValidationError where the record holds no event, by header or pointer into the value, rule and mend
 */
export function eventOfMessage(headers: MessageHeaders | undefined, value: Uint8Array | null): SentMessage {
  const texts = textsOf(headers ?? {});
  const contentType = texts.get('content-type');
  const structured = contentType !== undefined && isStructured(contentType);
  const attributes = attributesIn(texts);
  if (!structured && attributes.size === 0)
    throw refused('', 'no-event', 'The record is no CloudEvent: it has no headers that say so.', TAKEN);
  if (value === null) throw refused('', 'required', 'The record has no value.', 'Send the event, or its data, in it.');
  const json = parseBytes(value);
  if (structured) return { event: json, fields: jsonFields() };
  if (contentType !== undefined) attributes.set('datacontenttype', contentType);
  return { event: eventOfBinary(attributes, json, KAFKA_FIELDS), fields: KAFKA_FIELDS };
}
