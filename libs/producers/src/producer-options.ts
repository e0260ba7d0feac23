import type { KeysOptions } from '#libs/keys';

/** What the producers need of the process that they run in. */
export interface ProducerOptions extends KeysOptions {
  /** The clock, ISO UTC. */
  readonly now?: () => string;
}

/** The token under which {@link ProducerOptions} are injected. */
export const PRODUCER_OPTIONS = Symbol('producer options');
