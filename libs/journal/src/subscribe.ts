import type { Pool, PoolClient } from 'pg';

export interface Subscription {
  /** Stops the waking and gives the connection back. */
  close(): Promise<void>;
}

export interface SubscribeOptions {
  /** How often to wake without being told, in milliseconds: what a lost notification costs at most. */
  readonly pollEvery?: number;
}

/**
 * Calls `onWake` when the journal may have grown: at every notification, whenever listening begins (again), and by
 * polling behind it. Nothing is told of what has been appended: the one woken reads by position. It may be woken while
 * it still works, and for nothing. Holds one connection of the pool; lost, it is taken anew at the next poll.
 */
export function subscribe(pool: Pool, onWake: () => void, { pollEvery = 1000 }: SubscribeOptions = {}): Subscription {
  let client: PoolClient | undefined;
  let closed = false;
  let listening: Promise<void> | undefined;

  /** Ends the connection instead of giving it back: the next holder must not be told. */
  const letGo = (): void => {
    client?.release(true);
    client = undefined;
  };

  const listen = async (): Promise<void> => {
    try {
      const fresh = await pool.connect();
      client = fresh;
      fresh.on('notification', () => client === fresh && onWake());
      fresh.on('error', () => client === fresh && letGo());
      await fresh.query('listen litopys_journal');
    } catch {
      // The journal is away: the next poll tries again, and the one woken meets the failure by itself.
      letGo();
    }
    if (!closed) onWake();
  };

  const tick = (): void => {
    if (client) onWake();
    else listening ??= listen().finally(() => (listening = undefined));
  };

  const timer = setInterval(tick, pollEvery);
  tick();
  return {
    async close() {
      closed = true;
      clearInterval(timer);
      await listening;
      letGo();
    },
  };
}
