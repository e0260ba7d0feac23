import { dataschemaOf, EVENT_TYPE_NAMES, eventType, versionsOf, type EventTypeName } from '#libs/contracts';
import { JSON_TYPE, STRUCTURED_TYPE } from '#libs/platform';
import { dataComponent, refTo } from '../language/components.js';
import type { JsonSchema } from '../language/json-schema.js';

/** A message as AsyncAPI describes it. */
export type Message = Readonly<Record<string, unknown>>;

const keyed = (description: string): object => ({
  kafka: { key: { type: 'string', description }, bindingVersion: '0.5.0' },
});

/** Only what differs from one type to the other; the rest is one component. */
const headersOf = (component: string, name: EventTypeName, version: number): JsonSchema => ({
  allOf: [
    refTo(component),
    {
      type: 'object',
      properties: {
        ce_type: { const: eventType(name, version) },
        ce_dataschema: { const: dataschemaOf(name, version) },
      },
    },
  ],
});

function binaryMessage(headers: string, name: EventTypeName, version: number, key: string): Message {
  return {
    name: eventType(name, version),
    title: `${name}, version ${version}`,
    contentType: JSON_TYPE,
    headers: headersOf(headers, name, version),
    payload: refTo(dataComponent(name, version)),
    correlationId: { location: '$message.header#/ce_correlationid' },
    bindings: keyed(key),
  };
}

const ofEachType = <T>(make: (name: EventTypeName, version: number) => readonly [string, T]): Record<string, T> =>
  Object.fromEntries(EVENT_TYPE_NAMES.flatMap((name) => versionsOf(name).map((version) => make(name, version))));

/** What the topic of the journal carries: one message a type and version. */
export const recordedMessages = (): Record<string, Message> =>
  ofEachType((name, version) => [
    `recorded.${dataComponent(name, version)}`,
    binaryMessage('RecordedHeaders', name, version, 'The stream: its events are in one partition, in order.'),
  ]);

/** What may be sent to the intake: an event whole in the value, or in binary mode, one message a type and version. */
export const sentMessages = (): Record<string, Message> => ({
  'sent.structured': {
    name: 'structured',
    title: 'An event of any type, in structured mode',
    contentType: STRUCTURED_TYPE,
    payload: refTo('Event'),
    bindings: keyed('The stream, so that its events are taken in the order in which they are sent.'),
  },
  ...ofEachType((name, version) => [
    `sent.${dataComponent(name, version)}`,
    binaryMessage('SentHeaders', name, version, 'The stream, so that its events are taken in the order of sending.'),
  ]),
});

/** What the topic of refusals carries. */
export const refusalMessages = (): Record<string, Message> => ({
  rejected: {
    name: 'litopys.intake.rejected.v1',
    title: 'A record of the intake that was not taken, and why',
    contentType: 'application/problem+json',
    headers: refTo('RefusalHeaders'),
    payload: refTo('Refusal'),
    bindings: keyed('That of the refused record.'),
  },
});
