import { Logger, type LoggerService } from '@nestjs/common';
import type { ConsumerConfig } from 'kafkajs';
import type { Pool } from 'pg';
import type { KafkaAccess } from '#libs/platform';
import { EachBatchServer } from '../consume/each-batch-server.js';
import { makeKafka } from '../kafka.js';
import { Receiver, type ReceiverHealth } from './receiver.js';

export interface ReceiverServerOptions extends KafkaAccess {
  /** The views database; it belongs to the caller. */
  readonly pool: Pool;
  readonly topic: string;
  /** Receivers of one replica share a group. */
  readonly groupId: string;
  /** Called after a commit that has moved the replica's head. */
  readonly onHead?: (position: number) => void;
  readonly consumer?: Partial<ConsumerConfig>;
  /** Ends the process with code 1 unless told otherwise. */
  readonly onFatal?: (error: Error) => void;
  /** Nest's own unless another is given. */
  readonly logger?: LoggerService;
}

/** The receiver as a transport strategy: `app.connectMicroservice({ strategy: app.get(ReceiverServer) })`. */
export class ReceiverServer extends EachBatchServer {
  readonly receiver: Receiver;

  constructor(options: ReceiverServerOptions) {
    const { pool, topic, groupId, onHead, consumer, onFatal, logger } = options;
    const receiver = new Receiver({ pool, onHead, logger: logger ?? new Logger('Receiver') });
    const kafka = makeKafka({ ...options, clientId: 'litopys-receiver', logger: logger ?? new Logger('kafkajs') });
    super({ kafka, topic, groupId, consumer, onFatal, logger, handle: (batch) => receiver.take(batch) });
    this.receiver = receiver;
  }

  /** Consumer, head and gap together. @throws when the database cannot be asked */
  async receiverHealth(): Promise<ReceiverHealth> {
    return await this.receiver.health(this.health());
  }
}
