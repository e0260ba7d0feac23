import type { Message } from 'kafkajs';
import { eventType, type CloudEvent } from '#libs/contracts';
import type { Command } from '#libs/domain';

/** Who sends by topic in these tests. */
export const SOURCE = 'urn:test:sender';

/** A command on a stream as somebody sends it; opening commands get the stream's slug. */
export function eventOf(command: Command, id: string, subject: string = command.stream): CloudEvent {
  const data: Record<string, unknown> = { ...command.data };
  if ('slug' in data) data['slug'] = subject.slice(subject.indexOf('/') + 1);
  return { specversion: '1.0', id, source: SOURCE, type: eventType(command.type), subject, data };
}

/** Kafka binding, structured mode. */
export const structured = (event: CloudEvent): Message => ({
  key: event.subject,
  value: JSON.stringify(event),
  headers: { 'content-type': 'application/cloudevents+json; charset=UTF-8' },
});

/** Kafka binding, binary mode. */
export function binary({ data, ...attributes }: CloudEvent): Message {
  const headers = Object.entries(attributes).map(([name, value]) => [`ce_${name}`, value] as const);
  return {
    key: attributes.subject,
    value: JSON.stringify(data),
    headers: { ...Object.fromEntries(headers), 'content-type': 'application/json' },
  };
}
