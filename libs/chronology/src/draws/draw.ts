import type { Conversion, Day, Json, Money } from '#libs/contracts';

/** What becomes of promised money, in its order; `repaid` stands beside the others. */
export const STAGES = ['allocated', 'disbursed', 'delivered', 'repaid'] as const;
export type Stage = (typeof STAGES)[number];

/** One draw of one transfer, at a place. */
export interface Draw {
  /** The event that tells it: `transfer/x@2`. */
  readonly event: string;
  /** Its place in the event's draws. */
  readonly key: string;
  readonly stage: Stage;
  /** The promise that it draws on. */
  readonly pledge: string | null;
  readonly line: string | null;
  readonly money: Money | null;
  /** The money in other currencies, as the event's citations printed it. */
  readonly conversions: readonly Conversion[];
  readonly handover: 'dispatched' | 'staged' | 'handed-over' | null;
  readonly countsAs: 'increment' | 'cumulative';
  readonly side: 'sent' | 'received';
  readonly completes: boolean;
  readonly occurred: string;
  /** First day possible; `null`: no bound. */
  readonly first: Day | null;
  /** Last day possible; where the end is open, the day on which it was known: no figure reaches beyond that. */
  readonly last: Day;
  readonly knownSince: Day;
  readonly position: number;
  readonly isOfficial: boolean;
  /** Events that a `same-as` makes one movement with this one, whoever tells it (rule M12). */
  readonly joined: readonly string[];
  readonly told: {
    readonly title: string;
    readonly quantities?: Json;
    readonly bound_to?: Json;
    readonly citations: readonly Json[];
  };
}
