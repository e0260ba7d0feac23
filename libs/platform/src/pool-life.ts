import type { OnApplicationShutdown } from '@nestjs/common';
import type { Pool } from 'pg';

/** Closes a pool when no request is under way any more. */
export class PoolLife implements OnApplicationShutdown {
  constructor(private readonly pool: Pool) {}

  async onApplicationShutdown(): Promise<void> {
    await this.pool.end();
  }
}
