import { Logger, type LoggerService } from '@nestjs/common';
import { type CustomTransportStrategy, Server } from '@nestjs/microservices';
import type { Consumer, ConsumerConfig, EachBatchPayload, Kafka, KafkaMessage } from 'kafkajs';
import { StopError } from '../stop.js';
import { type ConsumerShare, Lags } from './lags.js';

/** What one fetch brought of one partition, in order. */
export interface ArrivedBatch {
  readonly topic: string;
  readonly partition: number;
  readonly messages: readonly KafkaMessage[];
}

/** How a consumer stands: `waiting` mends itself, `stopped` needs somebody. */
export interface ConsumerState {
  readonly state: 'starting' | 'running' | 'waiting' | 'stopped';
  readonly code?: string;
  readonly detail?: string;
  readonly mend?: string;
}

export interface EachBatchOptions {
  readonly kafka: Kafka;
  readonly topic: string;
  readonly groupId: string;
  /** What must stand before the group is joined. A StopError stops the server by name, any other is tried again. */
  readonly prepare?: () => Promise<void>;
  /**
   * Takes one batch; when it resolves the batch's offset is committed. A StopError stops the server by name, any other
   * error is taken for trouble that passes: the same batch comes again. Batches of several partitions run at once.
   */
  readonly handle: (batch: ArrivedBatch) => Promise<void>;
  /** Records of one batch at most; all that a fetch brought where it is left out. */
  readonly most?: number;
  readonly consumer?: Partial<ConsumerConfig>;
  /** Whether another consumer is made when one is dead for good: the process has other work to do. */
  readonly revives?: boolean;
  /** Called when the consumer is dead for good, and not revived; ends the process with code 1 unless told otherwise. */
  readonly onFatal?: (error: Error) => void;
  /** Nest's own unless another is given. */
  readonly logger?: LoggerService;
}

const DEFAULTS = {
  // A receiver that died, or whose broker did, holds up the next one's joining for so long. Heartbeats go on while a
  // batch is handled, so it need not allow for a slow one.
  sessionTimeout: 10_000,
  heartbeatInterval: 1_000,
  // disconnect() waits for the fetch under way: 5 s by default.
  maxWaitTimeInMs: 250,
  maxBytesPerPartition: 4_194_304,
  maxBytes: 16_777_216,
  // How soon partitions that are added later are found.
  metadataMaxAge: 60_000,
  allowAutoTopicCreation: false,
} satisfies Partial<ConsumerConfig>;

const BACKOFF_MS = { first: 200, most: 2_000 };

/**
 * Kafka for Nest, batch by batch. Nest's own server reads one message at a time, swallows errors and skips what it
 * cannot handle; here a batch is committed when it has been handled, and held back otherwise. Offsets are only a hint
 * where to go on: a handler must bear repeats.
 */
export class EachBatchServer extends Server implements CustomTransportStrategy {
  private readonly log: LoggerService;
  private consumer: Consumer | null = null;
  private current: ConsumerState = { state: 'starting' };
  private backoff = BACKOFF_MS.first;
  private closing = false;
  private starting: Promise<void> = Promise.resolve();
  private readonly timers = new Set<NodeJS.Timeout>();
  private readonly lags = new Lags();
  private wakeStart: () => void = () => undefined;

  constructor(private readonly options: EachBatchOptions) {
    super();
    this.log = options.logger ?? new Logger(EachBatchServer.name);
  }

  /** Joins the group as soon as broker and topic are there; the application is up meanwhile, and says what it waits for. */
  listen(callback: () => void): void {
    this.starting = this.startUntilDone();
    callback();
  }

  async close(): Promise<void> {
    this.closing = true;
    this.wakeStart();
    for (const timer of this.timers) clearTimeout(timer);
    await this.starting;
    await this.consumer?.disconnect();
  }

  health(): ConsumerState {
    return this.current;
  }

  share(): ConsumerShare {
    return this.lags.share();
  }

  on(): never {
    throw new Error('EachBatchServer has no events of its own; ask health().');
  }

  unwrap<T>(): T {
    return this.consumer as T;
  }

  private async startUntilDone(): Promise<void> {
    while (!this.closing) {
      const consumer = this.makeConsumer();
      this.consumer = consumer;
      try {
        await this.options.prepare?.();
        await this.start(consumer);
        return;
      } catch (error) {
        if (error instanceof StopError) return this.stop(error);
        this.wait(`Kafka or its topic ${this.options.topic} is not there yet: ${(error as Error).message}`);
        await consumer.disconnect();
        await this.pauseStart();
      }
    }
  }

  private makeConsumer(): Consumer {
    return this.options.kafka.consumer({
      ...DEFAULTS,
      ...this.options.consumer,
      groupId: this.options.groupId,
      // Or a consumer that was closed while its broker was away would try to come back for ever.
      retry: { retries: 5, restartOnFailure: async () => !this.closing },
    });
  }

  private async start(consumer: Consumer): Promise<void> {
    consumer.on('consumer.group_join', ({ payload }) => {
      this.lags.assign(payload.memberAssignment[this.options.topic] ?? []);
      this.run();
    });
    consumer.on('consumer.crash', ({ payload }) => {
      if (payload.restart) this.wait(`The consumer begins anew: ${payload.error.message}`);
      else if (!this.closing) this.fail(payload.error);
    });
    await consumer.connect();
    await consumer.subscribe({ topic: this.options.topic, fromBeginning: true });
    await consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: 4,
      eachBatch: (payload) => this.takeBatch(payload),
    });
  }

  private async pauseStart(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.wakeStart = resolve;
      this.later(resolve, 1_000);
    });
  }

  private async takeBatch(payload: EachBatchPayload): Promise<void> {
    const { messages } = payload.batch;
    const most = this.options.most ?? Infinity;
    this.observeLag(payload, BigInt(payload.batch.firstOffset() ?? payload.batch.lastOffset()));
    for (let from = 0; from === 0 || from < messages.length; from += most) {
      if (!(await this.takePart(payload, messages.slice(from, from + most)))) return;
    }
  }

  /** Answers whether to go on with the next part of the batch. */
  private async takePart(payload: EachBatchPayload, messages: readonly KafkaMessage[]): Promise<boolean> {
    const { topic, partition } = payload.batch;
    if (this.current.state === 'stopped') {
      payload.pause();
      return false;
    }
    const heartbeat = (): Promise<void> => payload.heartbeat();
    const beat = this.options.consumer?.heartbeatInterval ?? DEFAULTS.heartbeatInterval;
    // Its error is not lost: a session that has ended also refuses the commit below.
    const beats = setInterval(() => void heartbeat().catch(() => undefined), beat);
    try {
      await this.options.handle({ topic, partition, messages });
    } catch (error) {
      this.holdBack(payload, error as Error);
      return false;
    } finally {
      clearInterval(beats);
    }
    this.backoff = BACKOFF_MS.first;
    this.run();
    const last = messages.at(-1)?.offset ?? payload.batch.lastOffset();
    payload.resolveOffset(last);
    await payload.commitOffsetsIfNecessary(payload.uncommittedOffsets());
    this.observeLag(payload, BigInt(last) + 1n);
    await heartbeat();
    return payload.isRunning() && !payload.isStale();
  }

  private observeLag({ batch }: EachBatchPayload, next: bigint): void {
    this.lags.observe(batch.partition, next, BigInt(batch.highWatermark));
  }

  /** Nothing is resolved: when the partition is resumed, the batch comes again. The session is kept meanwhile. */
  private holdBack(payload: EachBatchPayload, error: Error): void {
    const resume = payload.pause();
    if (error instanceof StopError) return this.stop(error);
    this.wait(`A batch of partition ${payload.batch.partition} is held back: ${error.message}`);
    this.later(resume, this.backoff);
    this.backoff = Math.min(this.backoff * 2, BACKOFF_MS.most);
  }

  private later(action: () => void, milliseconds: number): void {
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      action();
    }, milliseconds);
    this.timers.add(timer);
  }

  private run(): void {
    if (this.current.state !== 'stopped') this.current = { state: 'running' };
  }

  private wait(detail: string): void {
    if (this.current.state === 'stopped') return;
    this.log.warn(detail);
    this.current = { state: 'waiting', detail };
  }

  private stop({ code, message, mend }: StopError): void {
    this.log.error(`Stopped (${code}): ${message} ${mend}`);
    this.current = { state: 'stopped', code, detail: message, mend };
  }

  private fail(error: Error): void {
    const said = `The consumer is dead and kafkajs will not restart it: ${error.message}`;
    if (this.options.revives) {
      this.wait(said);
      this.starting = this.pauseStart().then(() => this.startUntilDone());
      return;
    }
    this.log.error(said);
    (this.options.onFatal ?? (() => process.exit(1)))(error);
  }
}
