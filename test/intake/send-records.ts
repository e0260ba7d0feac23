import { type Kafka, type Message, Partitioners } from 'kafkajs';

/** Writes records to a topic, as anybody does, so many in one send. */
export async function sendRecords(
  kafka: Kafka,
  topic: string,
  messages: readonly Message[],
  atOnce = 1_000,
): Promise<void> {
  const producer = kafka.producer({
    createPartitioner: Partitioners.DefaultPartitioner,
    allowAutoTopicCreation: false,
  });
  await producer.connect();
  for (let from = 0; from < messages.length; from += atOnce)
    await producer.send({ topic, messages: messages.slice(from, from + atOnce) });
  await producer.disconnect();
}
