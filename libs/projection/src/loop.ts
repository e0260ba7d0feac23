import type { Pool, PoolClient } from 'pg';
import { Bell, inTransactionOn } from '#libs/platform';
import { laneOf, type Generation, type ViewSet } from './generations.js';
import { laneLock, tryLock } from './lane-lock.js';
import { ProgressLost, projectBatch, type Batch, type Lane } from './project-batch.js';
import { LoopStop } from './stop.js';

/** Events a batch; more hardly gains speed, and a batch's rows are held in memory. */
export const BATCH = 4000;
const POLL_MS = 1000;
const BACKOFF_MS = 500;

export type LoopState =
  | { readonly state: 'waiting' | 'running' | 'ended'; readonly trouble: Trouble | null }
  | { readonly state: 'stopped'; readonly stop: LoopStop };

/** What a loop has met again and again without one good batch between, in seconds of standing. */
export interface Trouble {
  readonly message: string;
  readonly seconds: number;
}

/** SQLSTATE classes in which the server refuses what was written; all others are trouble with the database itself. */
const REFUSED_ROWS = /^(22|23|54)/;

const isRefusal = (error: unknown): boolean => REFUSED_ROWS.test((error as { code?: string }).code ?? '');

/**
 * Projects a lane's next events in a transaction of its own. Where Postgres refuses the rows, the batch is halved
 * until the event is found.
 * @throws LoopStop, ProgressLost as {@link projectBatch}; the database's own errors
 */
export async function projectNext(client: PoolClient, lane: Lane, limit = BATCH, upTo?: number): Promise<Batch> {
  try {
    return await inTransactionOn(client, (projecting) => projectBatch(projecting, lane, { limit, upTo }));
  } catch (error) {
    if (!isRefusal(error)) throw error;
    if (limit > 1) return projectNext(client, lane, Math.ceil(limit / 2), upTo);
    throw new LoopStop(
      'projection-failed',
      `the next event of lane ${lane.lane} in generation ${lane.generation} makes rows that the database refuses: ${(error as Error).message}`,
      'mend the rule that fails, deploy, and start again: the loop goes on from this event',
      null,
      { cause: error },
    );
  }
}

/**
 * A lane's loop: under a session advisory lock of its own it projects batch after batch, woken or once a second. Trouble
 * with the database is retried for ever; an event that fails to project stops it by name.
 */
export class ProjectionLoop {
  private current: 'waiting' | 'running' | 'ended' | LoopStop = 'waiting';
  private trouble: { readonly error: unknown; readonly since: number } | null = null;
  private readonly wakeUp = new Bell();
  private stopping = false;
  private done: Promise<void> | null = null;

  constructor(
    private readonly pool: Pool,
    private readonly set: ViewSet,
    readonly generation: Generation,
    readonly lane: number,
    private readonly onTrouble: (error: unknown) => void = () => undefined,
  ) {}

  get status(): LoopState {
    if (this.current instanceof LoopStop) return { state: 'stopped', stop: this.current };
    const { error, since } = this.trouble ?? {};
    const trouble = this.trouble && {
      message: error instanceof Error ? error.message : String(error),
      seconds: (performance.now() - (since ?? 0)) / 1000,
    };
    return { state: this.current, trouble };
  }

  start(): void {
    this.done ??= this.run();
  }

  /** Says that the feed may have grown. */
  wake(): void {
    this.wakeUp.ring();
  }

  /** Ends after the batch under way. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.wakeUp.ring();
    await this.done;
  }

  private async run(): Promise<void> {
    while (!this.stopping && this.current !== 'ended') {
      try {
        await this.session();
      } catch (error) {
        if (error instanceof LoopStop) {
          this.current = error;
          this.onTrouble(error);
          return;
        }
        this.trouble ??= { error, since: performance.now() };
        this.onTrouble(error);
        await this.wakeUp.wait(BACKOFF_MS);
      }
    }
    this.current = 'ended';
  }

  /** One connection's life: take the lock, then project for as long as it lasts. */
  private async session(): Promise<void> {
    const client = await this.pool.connect();
    let broken: Error | undefined;
    client.on('error', (error) => (broken = error));
    try {
      while (!this.stopping && !(await tryLock(client, laneLock(this.generation.generation, this.lane))))
        await this.wakeUp.wait(POLL_MS);
      if (this.stopping) return;
      this.current = 'running';
      const lane = await laneOf(client, this.set, this.generation, this.lane);
      while (!this.stopping) {
        const batch = await projectNext(client, lane);
        this.trouble = null;
        if (batch.events === 0) await this.wakeUp.wait(POLL_MS);
      }
    } catch (error) {
      if (error instanceof ProgressLost && (await this.isGone(client))) this.current = 'ended';
      else throw error;
    } finally {
      client.release(broken ?? true);
      if (this.current === 'running') this.current = 'waiting';
    }
  }

  private async isGone(client: PoolClient): Promise<boolean> {
    const { rowCount } = await client.query('select from projection.generations where generation = $1', [
      this.generation.generation,
    ]);
    return rowCount === 0;
  }
}
