import { type Kafka, Partitioners, type Producer } from 'kafkajs';
import type { Load } from './load.js';

/** Milliseconds after which a send that Kafka does not acknowledge is given up. */
const DEADLINE_MS = 20_000;

/** A send that must not be tried again. */
export class SendGivenUp extends Error {
  /** Read by kafkajs, which would try for ever. */
  readonly retriable = false;
}

/**
 * Partitions that a send went to and nobody has answered for. kafkajs resolves it all the same: it does not send again
 * to a broker that has answered, even when a partition has moved there since.
 */
export function findUnacknowledged(
  partitions: Iterable<number>,
  sent: readonly { readonly partition: number }[],
): number[] {
  const acknowledged = new Set(sent.map(({ partition }) => partition));
  return [...partitions].filter((partition) => !acknowledged.has(partition));
}

/**
 * One idempotent producer, for one turn of the relay. Once given up it sends nothing more, not even what kafkajs is
 * still trying: each try asks for partitions first, and is answered with an error.
 */
export class Sender {
  private readonly producer: Producer;
  private givenUp: SendGivenUp | null = null;
  private interrupt: (error: SendGivenUp) => void = () => undefined;

  constructor(
    kafka: Kafka,
    private readonly topic: string,
  ) {
    const choose = Partitioners.DefaultPartitioner();
    // It tries as often as the client does, seconds in all: kafkajs would have it try for ever, and nothing could end
    // that while the broker is away.
    this.producer = kafka.producer({
      idempotent: true,
      maxInFlightRequests: 1,
      allowAutoTopicCreation: false,
      createPartitioner: () => (args) => {
        if (this.givenUp !== null) throw this.givenUp;
        return choose(args);
      },
    });
  }

  async connect(): Promise<void> {
    await this.producer.connect();
  }

  /** Resolves when all replicas in sync have all of it. Never call it before the last send has settled. */
  async send({ messages, partitions }: Load): Promise<void> {
    const timer = setTimeout(
      () => this.giveUp(`Kafka has not acknowledged a send for ${DEADLINE_MS / 1_000} s.`),
      DEADLINE_MS,
    );
    const interrupted = new Promise<never>((_resolve, reject) => (this.interrupt = reject));
    const sending = this.producer.sendBatch({ acks: -1, topicMessages: [{ topic: this.topic, messages }] });
    try {
      const sent = await Promise.race([sending, interrupted]);
      const missing = findUnacknowledged(partitions, sent);
      if (missing.length > 0)
        throw new Error(`Kafka has not acknowledged partition ${missing.join(', ')} of ${this.topic}.`);
    } finally {
      clearTimeout(timer);
      // A try that comes too late may have opened connections again.
      if (this.givenUp !== null) void this.closeAfter(sending);
    }
  }

  /** From here on nothing is sent; a send under way fails at once, though what is on the wire may still arrive. */
  giveUp(reason: string): void {
    this.givenUp ??= new SendGivenUp(reason);
    this.interrupt(this.givenUp);
  }

  private async closeAfter(sending: Promise<unknown>): Promise<void> {
    await Promise.allSettled([sending]);
    await Promise.allSettled([this.producer.disconnect()]);
  }

  async close(): Promise<void> {
    await this.producer.disconnect();
  }
}
