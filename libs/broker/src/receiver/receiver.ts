import { type LoggerService } from '@nestjs/common';
import type { Pool } from 'pg';
import { sql } from '#libs/platform';
import type { ArrivedBatch, ConsumerState } from '../consume/each-batch-server.js';
import { type ArrivedEvent, fromMessage } from '../message.js';
import { GapWatch } from './gap-watch.js';
import { storeBatch } from './store-batch.js';

const REPLICA_ENDS = sql(import.meta.url, 'replica-ends');

export interface ReceiverOptions {
  /** The views database, where the replica stands. */
  readonly pool: Pool;
  readonly logger: LoggerService;
  /** Called after a commit that has moved the head, with its position: projectors in this process go on at once. */
  readonly onHead?: (position: number) => void;
  /** Milliseconds of any clock that only goes forward. */
  readonly now?: () => number;
}

export interface ReceiverHealth extends ConsumerState {
  /** The replica is complete up to this position. */
  readonly head: number;
  /** A position that has been missing for more than 30 s while later ones are there. */
  readonly gap: { readonly position: number; readonly standsForMs: number; readonly mend: string } | null;
}

/**
 * Turns batches of the topic into rows of the replica. Offsets are a hint, the table is the truth: repeats, rebalances,
 * zombies, resets and lost commits change nothing. Rows above a gap are taken without limit, because the batch that
 * closes it may come behind any number of them.
 */
export class Receiver {
  private repeating = false;
  private readonly gaps = new GapWatch();
  private readonly now: () => number;

  constructor(private readonly options: ReceiverOptions) {
    this.now = options.now ?? (() => performance.now());
  }

  /** @throws StopError see storeBatch; any other error is trouble with the database, and the batch may come again */
  async take(batch: ArrivedBatch): Promise<void> {
    const events = this.readEvents(batch);
    if (events.length === 0) return;
    const stored = await storeBatch(this.options.pool, events, this.repeating);
    this.repeating = stored.repeated;
    this.gaps.observe(stored.head, Math.max(stored.head, stored.last), this.now());
    if (stored.moved) this.options.onHead?.(stored.head);
  }

  async health(consumer: ConsumerState): Promise<ReceiverHealth> {
    const { rows } = await this.options.pool.query<{ head: number; last: number }>(REPLICA_ENDS);
    const { head, last } = rows[0] ?? { head: 0, last: 0 };
    this.gaps.observe(head, last, this.now());
    const gap = this.gaps.standing(this.now());
    if (gap === null) return { ...consumer, head, gap };
    const standsForMs = Math.round(this.now() - gap.sinceMs);
    return {
      ...consumer,
      head,
      gap: { position: gap.position, standsForMs, mend: 'Run `litopys receive --from-start`.' },
    };
  }

  private readEvents({ topic, partition, messages }: ArrivedBatch): ArrivedEvent[] {
    const events: ArrivedEvent[] = [];
    for (const message of messages) {
      const arrived = fromMessage(message);
      if (arrived.kind === 'event') events.push(arrived);
      else
        this.options.logger.warn(
          `Skipped ${topic}/${partition}@${message.offset}, no event of ours: ${arrived.reason}.`,
        );
    }
    return events;
  }
}
