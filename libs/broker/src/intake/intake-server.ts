import { Logger, type LoggerService } from '@nestjs/common';
import type { KafkaAccess } from '#libs/platform';
import type { ConsumerConfig } from 'kafkajs';
import { type ArrivedBatch, EachBatchServer } from '../consume/each-batch-server.js';
import { makeKafka } from '../kafka.js';
import { ensureTopic, INTAKE_TOPIC } from '../topic.js';
import type { Refused } from './refusal.js';
import { RejectedTopic } from './rejected-topic.js';

export interface IntakeServerOptions extends KafkaAccess {
  readonly topic: string;
  readonly rejectedTopic: string;
  /**
   * Takes the events of a batch, in the order of each stream, and answers those that are refused for good. Trouble that
   * passes is thrown: then the whole batch comes again, so it must bear repeats.
   */
  readonly decide: (batch: ArrivedBatch) => Promise<readonly Refused[]>;
  readonly consumer?: Partial<ConsumerConfig>;
  /** Nest's own unless another is given. */
  readonly logger?: LoggerService;
}

/** Records that are decided and committed together at most: what a kill has to do again, and a rebalance waits for. */
const RECORDS = 500;

/** How long close() waits for a send under way. */
const GRACE_MS = 5_000;

/** Every process that takes from a topic is of one group. */
const groupOf = (topic: string): string => `${topic}.producers`;

/**
 * The intake as a transport strategy. An offset is committed when the verdict of every record before it stands: in the
 * journal, or acknowledged by the topic of refusals. A crash repeats, and never skips.
 */
export class IntakeServer extends EachBatchServer {
  private readonly rejected: RejectedTopic;

  constructor(options: IntakeServerOptions) {
    const { topic, rejectedTopic, decide, consumer, logger } = options;
    const kafka = makeKafka({ ...options, clientId: 'litopys-intake', logger: logger ?? new Logger('kafkajs') });
    const rejected = new RejectedTopic(kafka, rejectedTopic);
    super({
      kafka,
      topic,
      groupId: groupOf(topic),
      consumer: { maxBytesPerPartition: 1_048_576, ...consumer },
      // Without Kafka too, the process takes what comes over HTTP.
      revives: true,
      logger: logger ?? new Logger('Intake'),
      most: RECORDS,
      prepare: async () => {
        const admin = kafka.admin();
        try {
          await admin.connect();
          await ensureTopic(admin, topic, undefined, INTAKE_TOPIC);
        } finally {
          await admin.disconnect();
        }
        await rejected.prepare();
      },
      handle: async (batch) => {
        const refused = await decide(batch);
        if (refused.length > 0) await rejected.publish(batch, refused);
      },
    });
    this.rejected = rejected;
  }

  override async close(): Promise<void> {
    const timer = setTimeout(() => this.rejected.giveUp('The intake is stopping.'), GRACE_MS);
    await super.close();
    await this.rejected.close();
    clearTimeout(timer);
  }
}
