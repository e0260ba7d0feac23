import type { Conversion, Day, Json, Money } from '#libs/contracts';
import type { Draw } from '../draws/draw.js';

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
  /** The event that told it; several links take their turn in the order in which these became known. */
  readonly event: string;
  readonly knownSince: Day;
  readonly position: number;
}

/** The event that told something, with its sources. */
export interface Telling {
  readonly event: string;
  readonly citations: readonly Json[];
  /** What it says of the face is of a former one, that was amended later. */
  readonly isOfFormerFace?: boolean;
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
  /** The face, as amended; `null` where no figure was told. */
  readonly money: Money | null;
  /** The event that told the face; `null` where none did. */
  readonly faceToldBy: string | null;
  /** The face in other currencies, as the citations of the event that told it printed it. */
  readonly reportedAs: readonly Conversion[];
  /** The donor's own words on what is new: shown, never counted by (rule M5). */
  readonly newness: string | null;
  readonly newMoney: Money | null;
  readonly lines: readonly PromiseLine[];
  readonly links: readonly PromiseLink[];
  /** Since when it stands no more; `null`: it stands. */
  readonly cancelled: Cancelled | null;
  /** The draws that name it, and all draws of the events that tell the same movements. */
  readonly draws: readonly Draw[];
  /** The announcement first, then what told its lines or amended it. */
  readonly tellings: readonly Telling[];
}

/** The end of a promise. */
export interface Cancelled {
  /** The latest day on which it was cancelled; `infinity` where that is open. */
  readonly on: Day;
  readonly event: string;
}

/** Whether it counts as a promise: it is announced, or an amendment tells what it comes to. */
export const isTold = ({ opening, money }: PromiseState): boolean => opening !== null || money !== null;
