import { randomUUID } from 'node:crypto';
import type { Kafka, KafkaMessage } from 'kafkajs';
import { offsetsOf, readRange } from '../../libs/broker/src/consume/read-range.js';

/** All that the topic holds, a partition each, in its order. */
export async function readTopic(
  kafka: Kafka,
  topic: string,
): Promise<{ partition: number; messages: KafkaMessage[] }[]> {
  const ranges = await offsetsOf(kafka, topic);
  const read = new Map(ranges.map(({ partition }) => [partition, new Map<string, KafkaMessage>()]));
  await readRange({ kafka, topic, groupId: `test-${randomUUID()}`, ranges }, async (partition, messages) => {
    for (const message of messages) read.get(partition)?.set(message.offset, message);
  });
  return [...read].map(([partition, messages]) => ({ partition, messages: [...messages.values()] }));
}
