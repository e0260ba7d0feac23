import type { Branch } from '../branches.js';
import { chainHashOf, dataHashOf, firstPrevious } from '../hashes.js';
import type { JournalRow } from '../row.js';
import type { Findings } from './findings.js';

/** A row that does not follow from the row before it. */
export interface Suspect {
  readonly row: JournalRow;
}

/** A position where a suspect stands, or nothing, and the hash stored before it: where a suspect may belong. */
export interface Place {
  readonly position: number;
  readonly before: string | null;
}

/** Suspects whose place is looked for; beyond them a row that does not follow is told as changed. */
const LOOKED_INTO = 16;

/**
 * The walk along the chain: takes the rows in position order, in constant memory. A row follows when its hash comes
 * from the hash stored before it, or from the one that should be stored there: a changed row does not accuse the next.
 */
export class ChainWalk {
  readonly suspects: Suspect[] = [];
  readonly places: Place[] = [];
  events = 0;
  /** The hash stored in the last row; undefined where that is missing. */
  stored: string | null | undefined;
  private recomputed: string | null | undefined;

  /**
   * @param next the position that comes first
   * @param before the chain hash before it: null before position 1, undefined where nothing stands
   */
  constructor(
    private next: number,
    before: string | null | undefined,
    private readonly branches: readonly Branch[],
    private readonly findings: Findings,
  ) {
    this.stored = this.recomputed = before;
  }

  /** What a row at a position takes as the hash before it. */
  previousAt(position: number, before: string | null): string {
    const branch = this.branches.find(({ fromPosition }) => fromPosition === position);
    return branch ? firstPrevious(before, branch.journalId) : (before ?? '');
  }

  take(row: JournalRow): void {
    this.events += 1;
    if (row.position < this.next) return this.findings.add('doubled', row, 'Two events stand at this position.');
    this.expect(row.position);
    if (dataHashOf(row.data) !== row.dataHash)
      this.findings.add('data-changed', row, 'The data is not the text that its data hash was made of.');
    this.recomputed = this.follow(row);
    this.stored = row.chainHash;
    this.next = row.position + 1;
  }

  /** Names what is missing before a position. */
  expect(position: number): void {
    if (position <= this.next) return;
    const last = position - 1;
    const which = this.next === last ? `Position ${last} is` : `Positions ${this.next} to ${last} are`;
    this.findings.add('missing', this.next, `${which} missing; the event that follows cannot be checked against it.`);
    this.remember({ position: this.next, before: this.stored ?? null });
    this.stored = this.recomputed = undefined;
    this.next = position;
  }

  /** The hash that the row should carry. */
  private follow(row: JournalRow): string {
    if (this.stored === undefined) return row.chainHash;
    const fromStored = chainHashOf(this.previousAt(row.position, this.stored), row);
    if (fromStored === row.chainHash) return fromStored;
    const fromRecomputed = chainHashOf(this.previousAt(row.position, this.recomputed ?? null), row);
    if (fromRecomputed === row.chainHash) return fromRecomputed;
    this.suspect(row);
    return fromStored;
  }

  private suspect(row: JournalRow): void {
    if (this.suspects.length >= LOOKED_INTO) return this.findings.add('changed', row, CHANGED);
    this.suspects.push({ row: { ...row, data: '' } });
    this.remember({ position: row.position, before: this.stored ?? null });
  }

  private remember(place: Place): void {
    if (this.places.length < 2 * LOOKED_INTO) this.places.push(place);
  }
}

export const CHANGED = 'Its chain hash does not come from what it says and the event before it.';
