import { isUtf8 } from 'node:buffer';
import { ValidationError } from '#libs/platform';
import type { ArrivedMessage } from './message.js';

/**
 * A CloudEvent as the Kafka binding carries it: whole in the value (structured), or its attributes in headers behind
 * `ce_` and its data in the value (binary). JSON is left as it came.
 * Source: CloudEvents Kafka protocol binding 1.0.2, section 3.
 */
export type CloudEventMessage =
  | { readonly mode: 'structured'; readonly event: Buffer }
  | {
      readonly mode: 'binary';
      readonly attributes: Readonly<Record<string, string>>;
      readonly data: Buffer;
    };

const PREFIX = 'ce_';
const JSON_TYPE = /^application\/json *(;|$)/i;

/**
 * Tells the parts of a record that somebody sends as a CloudEvent. A record without any header of CloudEvents is taken
 * for a structured one: that is what simple tools send.
 * @throws ValidationError where it is none, naming the header
 */
export function readCloudEvent({ value, headers = {} }: ArrivedMessage): CloudEventMessage {
  if (value === null)
    throw refused('', 'no-value', 'The record has no value: a tombstone.', 'Nothing is deleted here: send an event.');
  const contentType = textOf(headers, 'content-type');
  const names = Object.keys(headers).filter((name) => name.startsWith(PREFIX));
  if (contentType !== null && /^application\/cloudevents/i.test(contentType)) {
    if (!/^application\/cloudevents\+json *(;|$)/i.test(contentType)) throw contentTypeRefused(contentType);
    return { mode: 'structured', event: value };
  }
  if (contentType !== null && !JSON_TYPE.test(contentType)) throw contentTypeRefused(contentType);
  if (names.length === 0) return { mode: 'structured', event: value };
  const attributes = names.map((name) => [name.slice(PREFIX.length), textOf(headers, name) ?? ''] as const);
  return { mode: 'binary', attributes: Object.fromEntries(attributes), data: value };
}

function textOf(headers: NonNullable<ArrivedMessage['headers']>, name: string): string | null {
  const value = headers[name];
  if (value === undefined) return null;
  if (Array.isArray(value))
    throw refused(name, 'header-once', `The header ${name} is given twice.`, 'Keep one of them.');
  if (typeof value === 'string') return value;
  if (!isUtf8(value))
    throw refused(name, 'utf-8', `The header ${name} is not UTF-8.`, 'Send attributes as UTF-8 text.');
  return value.toString();
}

const contentTypeRefused = (contentType: string): ValidationError =>
  refused(
    'content-type',
    'content-type',
    `"${contentType.slice(0, 100)}" is not taken here.`,
    'Send application/cloudevents+json (structured), or application/json beside headers ce_* (binary).',
  );

const refused = (field: string, rule: string, detail: string, mend: string): ValidationError =>
  new ValidationError(detail, { field, rule, mend });
