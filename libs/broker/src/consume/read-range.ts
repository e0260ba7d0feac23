import type { Consumer, Kafka, KafkaMessage } from 'kafkajs';

/** A stretch of one partition: from `from` up to, but not with, `to`. Offsets. */
export interface OffsetRange {
  readonly partition: number;
  readonly from: bigint;
  readonly to: bigint;
}

export interface RangeReader {
  readonly kafka: Kafka;
  readonly topic: string;
  /** Of a throw-away group, used once: it is deleted at the end. */
  readonly groupId: string;
  readonly ranges: readonly OffsetRange[];
}

/** All that a topic holds now. @throws where there is no such topic */
export async function offsetsOf(kafka: Kafka, topic: string): Promise<OffsetRange[]> {
  const admin = kafka.admin();
  await admin.connect();
  const ends = await admin.fetchTopicOffsets(topic).finally(() => admin.disconnect());
  return ends.map(({ partition, low, high }) => ({ partition, from: BigInt(low), to: BigInt(high) }));
}

type Take = (partition: number, messages: readonly KafkaMessage[]) => Promise<void>;

/**
 * Reads stretches of a topic, one batch at a time, and ends when each has been read to its end. What a group of its own
 * costs is a join; kafkajs cannot read without one. An error of `take` ends the reading.
 */
export async function readRange(reader: RangeReader, take: Take): Promise<void> {
  const open = new Map(reader.ranges.filter(({ from, to }) => from < to).map((range) => [range.partition, range]));
  if (open.size === 0) return;
  let ended = false;
  const consumer = reader.kafka.consumer({
    groupId: reader.groupId,
    maxWaitTimeInMs: 250,
    maxBytesPerPartition: 4_194_304,
    allowAutoTopicCreation: false,
    retry: { retries: 5, restartOnFailure: async () => !ended },
  });
  try {
    await consumer.connect();
    await consumer.subscribe({ topic: reader.topic, fromBeginning: true });
    await consumeRanges(consumer, reader, open, take);
  } finally {
    ended = true;
    await consumer.disconnect();
    await deleteGroup(reader);
  }
}

async function consumeRanges(
  consumer: Consumer,
  { topic }: RangeReader,
  open: Map<number, OffsetRange>,
  take: Take,
): Promise<void> {
  let failure: Error | undefined;
  await new Promise<void>((resolve, reject) => {
    // Not by the batches: one that held but control records is not handed over, and yet may be the last.
    consumer.on('consumer.end_batch_process', ({ payload: { partition, lastOffset } }) => {
      const range = open.get(partition);
      if (failure !== undefined || range === undefined || BigInt(lastOffset) + 1n < range.to) return;
      open.delete(partition);
      if (open.size === 0) resolve();
    });
    consumer.on('consumer.crash', ({ payload }) => {
      if (!payload.restart) reject(payload.error);
    });
    const eachBatch = async (partition: number, messages: readonly KafkaMessage[]): Promise<void> => {
      const range = open.get(partition);
      if (range === undefined || failure !== undefined) return;
      try {
        const within = messages.filter(({ offset }) => BigInt(offset) >= range.from && BigInt(offset) < range.to);
        if (within.length > 0) await take(partition, within);
      } catch (error) {
        // kafkajs would hand the batch over again for ever.
        failure = error instanceof Error ? error : new Error(String(error));
        reject(failure);
      }
    };
    // At each joining, not once behind run(): kafkajs leaves the group and joins anew where it meets trouble.
    consumer.on('consumer.group_join', () => {
      for (const { partition, from } of open.values()) consumer.seek({ topic, partition, offset: from.toString() });
    });
    consumer
      .run({ autoCommit: false, eachBatch: ({ batch }) => eachBatch(batch.partition, batch.messages) })
      .catch(reject);
  });
}

async function deleteGroup({ kafka, groupId }: RangeReader): Promise<void> {
  const admin = kafka.admin();
  try {
    await admin.connect();
    await admin.deleteGroups([groupId]);
  } catch {
    // A group that nobody uses is forgotten by the broker in time.
  } finally {
    await admin.disconnect();
  }
}
