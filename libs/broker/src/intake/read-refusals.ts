import { randomUUID } from 'node:crypto';
import type { Kafka } from 'kafkajs';
import { offsetsOf, readRange } from '../consume/read-range.js';
import type { Refusal } from './refusal.js';

/** How far each partition has been read. */
export type ReadTo = ReadonlyMap<number, bigint>;

/**
 * Reads the refusals that a topic holds behind `after`, each with its JSON text, to where it ends now; what is no refusal
 * is passed over. Answers how far it has read, to go on from. A refusal may come twice, under one id.
 */
export async function readRefusals(
  { kafka, topic, after }: { readonly kafka: Kafka; readonly topic: string; readonly after?: ReadTo },
  take: (refusal: Refusal, text: string) => void,
): Promise<ReadTo> {
  // Until a producer has served the intake there is no such topic, and nothing was refused.
  const whole = (await hasTopic(kafka, topic)) ? await offsetsOf(kafka, topic) : [];
  const ranges = whole.map(({ partition, from, to }) => ({ partition, from: after?.get(partition) ?? from, to }));
  await readRange(
    { kafka, topic, groupId: `litopys-rejected-${randomUUID()}`, ranges },
    async (_partition, messages) => {
      for (const { value } of messages) {
        const text = value?.toString() ?? '';
        const refusal = refusalIn(text);
        if (refusal) take(refusal, text);
      }
    },
  );
  return new Map(ranges.map(({ partition, to }) => [partition, to]));
}

async function hasTopic(kafka: Kafka, topic: string): Promise<boolean> {
  const admin = kafka.admin();
  await admin.connect();
  return (await admin.listTopics().finally(() => admin.disconnect())).includes(topic);
}

function refusalIn(text: string): Refusal | undefined {
  try {
    const read = JSON.parse(text) as Partial<Refusal> | null;
    return typeof read?.id === 'string' && typeof read.original === 'object' ? (read as Refusal) : undefined;
  } catch {
    return undefined;
  }
}
