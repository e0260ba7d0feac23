import type { Pool } from 'pg';

/** What the producers need of the process that they run in. */
export interface ProducerOptions {
  /** Connections to the journal's database. */
  readonly pool: Pool;
  /** Whose the events of the verb routes are, and who sends: the owner of the key, while there are no keys this one. */
  readonly owner?: string;
  /** The clock, ISO UTC. */
  readonly now?: () => string;
}

/** The token under which {@link ProducerOptions} are injected. */
export const PRODUCER_OPTIONS = Symbol('producer options');

/** Every caller, while there are no keys. */
export const LOCAL_OWNER = 'urn:litopys:local';
