import type { ViewSource } from '#libs/projection';

/** What the timeline needs of the process that it runs in. */
export interface TimelineOptions {
  readonly source: ViewSource;
  /** Scheme, host and port that the cited URLs begin with; they begin with the path where it is left out. */
  readonly publicUrl?: string;
}

/** The token under which {@link TimelineOptions} are injected. */
export const TIMELINE_OPTIONS = Symbol('timeline options');
