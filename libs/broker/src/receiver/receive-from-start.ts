import { randomUUID } from 'node:crypto';
import type { Kafka } from 'kafkajs';
import { offsetsOf, readRange } from '../consume/read-range.js';
import type { Receiver } from './receiver.js';

export interface FromStartOptions {
  readonly kafka: Kafka;
  readonly topic: string;
  readonly receiver: Receiver;
  /** Records read so far, of all that the topic held when the reading began. */
  readonly onProgress?: (read: number, of: number) => void;
}

/**
 * Reads the topic anew, from its beginning to where it ended when this began, by a throw-away group: closes a gap, or
 * fills an empty replica. Harmless at any time, beside running receivers too. Answers the number of records read.
 * @throws StopError as the receiver does; an error of the database ends it, and it may be begun again
 */
export async function receiveFromStart({ kafka, topic, receiver, onProgress }: FromStartOptions): Promise<number> {
  const ranges = await offsetsOf(kafka, topic);
  const all = ranges.reduce((sum, { from, to }) => sum + Number(to - from), 0);
  let read = 0;
  await readRange(
    { kafka, topic, groupId: `litopys-from-start-${randomUUID()}`, ranges },
    async (partition, messages) => {
      await receiver.take({ topic, partition, messages });
      read += messages.length;
      onProgress?.(read, all);
    },
  );
  return read;
}
