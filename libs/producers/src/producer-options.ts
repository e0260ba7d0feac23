import type { Pool } from 'pg';

/** What the producers need of the process that they run in. */
export interface ProducerOptions {
  /** Connections to the journal's database. */
  readonly pool: Pool;
  /** The clock, ISO UTC. */
  readonly now?: () => string;
}

/** The token under which {@link ProducerOptions} are injected. */
export const PRODUCER_OPTIONS = Symbol('producer options');
