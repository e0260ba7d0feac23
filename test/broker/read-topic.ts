import { randomUUID } from 'node:crypto';
import type { Kafka, KafkaMessage } from 'kafkajs';
import { readRange } from '../../libs/broker/src/consume/read-range.js';

/** All that the topic holds, a partition each, in its order. */
export async function readTopic(
  kafka: Kafka,
  topic: string,
): Promise<{ partition: number; messages: KafkaMessage[] }[]> {
  const admin = kafka.admin();
  await admin.connect();
  const ends = await admin.fetchTopicOffsets(topic).finally(() => admin.disconnect());
  const ranges = ends.map(({ partition, low, high }) => ({ partition, from: BigInt(low), to: BigInt(high) }));
  const read = new Map(ranges.map(({ partition }) => [partition, new Map<string, KafkaMessage>()]));
  await readRange({ kafka, topic, groupId: `test-${randomUUID()}`, ranges }, async (partition, messages) => {
    for (const message of messages) read.get(partition)?.set(message.offset, message);
  });
  return [...read].map(([partition, messages]) => ({ partition, messages: [...messages.values()] }));
}
