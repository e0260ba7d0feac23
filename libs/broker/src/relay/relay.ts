import { type LoggerService } from '@nestjs/common';
import type { Kafka } from 'kafkajs';
import type { Pool } from 'pg';
import { readFeed, subscribe } from '#libs/journal';
import { Bell } from '#libs/platform';
import { StopError } from '../stop.js';
import { ensureTopic } from '../topic.js';
import { readJournalIds } from './journal-ids.js';
import { loadNext } from './load.js';
import { type Lock, tryLock } from './lock.js';
import { moveProgress, readProgress } from './progress.js';
import { Sender } from './sender.js';
import { checkTopicTail } from './topic-tail.js';

export interface RelayOptions {
  /** The journal's database. */
  readonly pool: Pool;
  readonly kafka: Kafka;
  readonly topic: string;
  /** Of a topic that the relay creates; 4 unless set. */
  readonly partitions?: number;
  readonly logger: LoggerService;
}

/** `standby`: another relay is at work, this one takes over when it ends. `waiting` mends itself, `stopped` does not. */
export interface RelayHealth {
  readonly state: 'starting' | 'standby' | 'running' | 'waiting' | 'stopped';
  readonly code?: string;
  readonly detail?: string;
  readonly mend?: string;
  /** Sent up to this position, as far as this relay knows. */
  readonly position: number;
}

/** Rows of one send at most. */
const ROWS = 1_000;
/** Milliseconds between two tries for the lock, two looks without a notification, and after a failure. */
const STANDBY_MS = 500;
const IDLE_MS = 5_000;
const BACKOFF_MS = { first: 200, most: 5_000 };
/** How long stop() waits for a send under way. */
const GRACE_MS = 5_000;

/**
 * Copies the journal to Kafka, in order, and never loses or reorders a stream's events. Each send is acknowledged by all
 * replicas before the next begins (concurrent sends of an idempotent producer mix up its sequence numbers:
 * tulios/kafkajs#1005), and progress moves after the acknowledgement: a crash repeats, and never skips.
 */
export class Relay {
  private current: Omit<RelayHealth, 'position'> = { state: 'starting' };
  private position = 0;
  private stopping = false;
  private ended: Promise<void> = Promise.resolve();
  private readonly bell = new Bell();
  private sender: Sender | null = null;

  constructor(private readonly options: RelayOptions) {}

  start(): void {
    this.ended = this.run();
  }

  /** Resolves when the send under way is through or given up, and the lock has been given back. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.bell.ring();
    const timer = setTimeout(() => this.sender?.giveUp('The relay is stopping.'), GRACE_MS);
    await this.ended;
    clearTimeout(timer);
  }

  health(): RelayHealth {
    return { ...this.current, position: this.position };
  }

  private async run(): Promise<void> {
    let backoff = BACKOFF_MS.first;
    while (!this.stopping) {
      const before = this.position;
      try {
        await this.takeTurn();
      } catch (error) {
        if (error instanceof StopError) return this.stopByName(error);
        if (this.stopping) return;
        this.wait(error as Error);
        backoff = this.position > before ? BACKOFF_MS.first : Math.min(backoff * 2, BACKOFF_MS.most);
        await this.bell.wait(backoff);
      }
    }
  }

  /** One turn under the lock, with one producer: ends by an error, or by stop(). */
  private async takeTurn(): Promise<void> {
    const { pool, kafka, topic } = this.options;
    const sender = new Sender(kafka, topic);
    const lock = await tryLock(pool, `litopys.relay:${topic}`, () => {
      sender.giveUp('The relay has lost its lock; another may have it.');
      this.bell.ring();
    });
    if (lock === null) {
      this.current = { state: 'standby' };
      return await this.bell.wait(STANDBY_MS);
    }
    this.sender = sender;
    const listening = subscribe(pool, () => this.bell.ring());
    try {
      const partitions = await this.prepareTopic();
      await checkTopicTail(lock.client, kafka, topic);
      this.position = await readProgress(lock.client, topic);
      await sender.connect();
      this.current = { state: 'running' };
      while (!this.stopping) await this.sendNext(lock, sender, partitions);
    } finally {
      await Promise.allSettled([listening.close(), sender.close()]);
      lock.release();
    }
  }

  private async prepareTopic(): Promise<number> {
    const admin = this.options.kafka.admin();
    await admin.connect();
    try {
      return (await ensureTopic(admin, this.options.topic, this.options.partitions)).partitions;
    } finally {
      await admin.disconnect();
    }
  }

  private async sendNext(lock: Lock, sender: Sender, partitions: number): Promise<void> {
    // Read through the lock's own connection: when the lock goes, so does the reading.
    const rows = await readFeed(lock.client, 'journal', { after: this.position, limit: ROWS });
    if (rows.length === 0) return await this.bell.wait(IDLE_MS);
    const load = loadNext(this.position, rows, await readJournalIds(lock.client), partitions);
    await sender.send(load);
    if (!(await moveProgress(lock.client, this.options.topic, this.position, load.upTo)))
      throw new Error(`The progress of ${this.options.topic} has moved on from ${this.position} without this relay.`);
    this.position = load.upTo;
  }

  private wait(error: Error): void {
    this.options.logger.warn(`The relay begins anew: ${error.message}`);
    this.current = { state: 'waiting', detail: error.message };
  }

  private stopByName({ code, message, mend }: StopError): void {
    this.options.logger.error(`The relay has stopped (${code}): ${message} ${mend}`);
    this.current = { state: 'stopped', code, detail: message, mend };
  }
}
