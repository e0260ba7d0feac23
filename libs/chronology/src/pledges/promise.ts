import type { Conversion, Day, Json, Money } from '#libs/contracts';

/** A line of a promise, at a place. */
export interface PromiseLine {
  readonly id: string;
  readonly label: string;
  readonly category: string;
  /** The promise's own where it is null. */
  readonly instrument: string | null;
  /** The line of the same promise that this one is part of. */
  readonly within: string | null;
  readonly money: Money | null;
  /** The event that told it: `pledge/x@2`. */
  readonly event: string;
}

export const MONEY_RELATIONS = ['part-of', 'draws-on', 'share-of', 'same-as', 'distinct-from'] as const;

/** A ref of a promise, or of one of its lines, that says its money is another's; or is not. */
export interface PromiseLink {
  readonly relation: (typeof MONEY_RELATIONS)[number];
  /** The stream it points to. */
  readonly target: string;
  /** A line of the promise itself; where it has none of that id, the line is the target's. */
  readonly line: string | null;
  /** How much of the promise's money; the whole where it is null. */
  readonly money: Money | null;
  /** The event that told it. */
  readonly event: string;
}

/** The event that told something, with its sources. */
export interface Telling {
  readonly event: string;
  readonly citations: readonly Json[];
}

/** A promise as it stands at a place: all that counting needs of it. */
export interface PromiseState {
  readonly stream: string;
  /** `null` where its announcement is not known yet: then what only that tells is unstated. */
  readonly opening: { readonly position: number; readonly knownSince: Day } | null;
  readonly donors: readonly string[];
  readonly scope: 'whole' | 'wider';
  readonly instrument: string;
  readonly category: string | null;
  /** The face; `null` where no figure was told. */
  readonly money: Money | null;
  /** The face in other currencies, as its citations printed it. */
  readonly reportedAs: readonly Conversion[];
  /** The donor's own words on what is new: shown, never counted by (rule M5). */
  readonly newness: string | null;
  readonly newMoney: Money | null;
  readonly lines: readonly PromiseLine[];
  readonly links: readonly PromiseLink[];
  /** The announcement first, then what told its lines. */
  readonly tellings: readonly Telling[];
}
