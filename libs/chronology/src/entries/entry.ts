import type { Day, Json } from '#libs/contracts';

/** A row of the table `entries` as the queries give it. */
export interface EntryRow {
  readonly stream: string;
  readonly version: number;
  readonly position: number;
  readonly kind: string;
  readonly type: string;
  readonly occurred: string;
  readonly knownSince: Day;
  readonly recordedAt: Date;
  /** The day that it is put under; with the position the key of its place in the list. */
  readonly occurredDay: Day;
  readonly retracted: boolean;
  /** The data as told, with `records` (versions in effect) and `findings`. */
  readonly body: { readonly [key: string]: Json };
}
