import { describe, expect, it } from '@jest/globals';
import { CloudEvent, Kafka } from 'cloudevents';
import type { LitopysError } from '#libs/platform';
import { checkEvent } from '../check/check-event.js';
import { exampleOf } from '../http/examples.js';
import { eventOfMessage, type MessageHeaders } from './kafka-message.js';

const { specversion, id, source, type, subject, data } = exampleOf('pledge.announced');
const event = { specversion, id, source, type, subject, data };

const bytes = (value: unknown) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));
const binary = { ce_specversion: '1.0', ce_id: id, ce_source: source, ce_type: type, ce_subject: subject };
const asSent = (headers: object): MessageHeaders =>
  Object.fromEntries(Object.entries(headers).map(([name, text]) => [name, text && Buffer.from(String(text))]));

const checked = (headers: MessageHeaders | undefined, value: Uint8Array | null) => {
  const sent = eventOfMessage(headers, value);
  return checkEvent(sent.event, sent.fields);
};

function refusalOf(headers: MessageHeaders | undefined, value: Uint8Array | null) {
  try {
    checked(headers, value);
  } catch (error) {
    const { field, rule, errors } = error as LitopysError;
    return errors.length > 0 ? errors.map((one) => [one.field, one.rule]) : [[field, rule]];
  }
  return [];
}

describe('a record', () => {
  const { fingerprint } = checkEvent(event);

  it('in binary and in structured mode holds the same event', () => {
    const structured = { 'content-type': 'application/cloudevents+json; charset=utf-8' };
    expect(eventOfMessage(asSent(binary), bytes(data)).event).toEqual(event);
    expect(eventOfMessage(asSent(structured), bytes(event)).event).toEqual(event);
    expect(checked(asSent({ ...binary, 'content-type': 'application/json' }), bytes(data)).fingerprint).toBe(
      fingerprint,
    );
  });

  it('may carry any headers beside', () => {
    const beside = { n: Buffer.from([0xff]), traceparent: ['1', '2'], '': Buffer.from([0]) };
    expect(eventOfMessage({ ...asSent(binary), ...beside }, bytes(data)).event).toEqual(event);
  });

  it('is read as the official SDK writes it, keyed by its stream', () => {
    const told = new CloudEvent({ ...event, data, time: '2025-06-17T12:00:00.000Z', partitionkey: subject });
    const inStructured = checkEvent(JSON.parse(JSON.stringify(told))).fingerprint;
    const message = Kafka.binary(told);
    expect(checked(asSent(message.headers), bytes(message.value)).fingerprint).toBe(inStructured);
    const whole = Kafka.structured(told);
    expect(checked(asSent(whole.headers), bytes(whole.value)).fingerprint).toBe(inStructured);
  });

  it.each<[string, MessageHeaders | undefined, Uint8Array | null, [string, string][]]>([
    ['no headers', undefined, bytes(event), [['', 'no-event']]],
    ['headers of another kind', asSent({ 'content-type': 'application/json' }), bytes(event), [['', 'no-event']]],
    ['a tombstone', asSent(binary), null, [['', 'required']]],
    ['no JSON', asSent(binary), bytes('{'), [['', 'json']]],
    ['bytes that are no text', asSent(binary), Buffer.from([0xff]), [['', 'utf-8']]],
    ['a key twice', asSent(binary), bytes('{"title":1,"title":2}'), [['/title', 'duplicate-key']]],
    ['a header twice', { ...binary, ce_id: ['1', '2'] }, bytes(data), [['ce_id', 'given-once']]],
    ['bytes in a header', { ...binary, ce_id: Buffer.from([0xff]) }, bytes(data), [['ce_id', 'utf-8']]],
    ['no id', asSent({ ...binary, ce_id: null }), bytes(data), [['ce_id', 'required']]],
    [
      'what the journal adds',
      asSent({ ...binary, ce_position: 7 }),
      bytes(data),
      [['ce_position', 'journal-attribute']],
    ],
    [
      'XML',
      asSent({ ...binary, 'content-type': 'application/xml' }),
      bytes(data),
      [['content-type', 'datacontenttype']],
    ],
    [
      'a batch',
      { 'content-type': 'application/cloudevents-batch+json' },
      bytes([]),
      [['content-type', 'content-type']],
    ],
    ['Avro', { 'content-type': 'application/cloudevents+avro' }, bytes('x'), [['content-type', 'content-type']]],
    ['an unknown code', asSent(binary), bytes({ ...data, category: 'x' }), [['/category', 'known-value']]],
    ['another key', asSent({ ...binary, ce_partitionkey: 'x' }), bytes(data), [['ce_partitionkey', 'partitionkey']]],
  ])('with %s is refused by name', (_what, headers, value, errors) => {
    expect(refusalOf(headers, value)).toEqual(errors);
  });
});
