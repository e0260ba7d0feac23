import type { JournalRow } from '../row.js';
import { linkOf, type Link } from '../scan/link.js';
import { positionsAre, type Findings } from './findings.js';
import { Gaps } from './gaps.js';
import type { Previous } from './previous.js';

/** A position where a suspect stands, or nothing, and the hash stored before it: where a suspect may belong. */
export interface Place {
  readonly position: number;
  readonly before: string | null;
}

/** Events out of their place that are remembered, to tell their places from ones where something is missing. */
const REMEMBERED = 1000;

/** Suspects whose place is looked for; beyond them a row that does not follow is told as changed. */
const LOOKED_INTO = 16;

export const CHANGED = 'Its chain hash does not come from what it says and the event before it.';
const DATA_CHANGED = 'The data is not the text that its data hash was made of.';
const UNCHECKED = 'the event that follows cannot be checked against';

/** Where a walk begins. */
export interface WalkStart {
  /** The position that comes first. */
  readonly next: number;
  /** The chain hash before it: null before position 1, undefined where it is not known. */
  readonly before: string | null | undefined;
  readonly previous: Previous;
}

/**
 * The walk along the chain: takes events in position order, in constant memory. An event follows when its hash comes
 * from the hash stored before it, or from the one that should be stored there: a changed one does not accuse the next.
 */
export class ChainWalk {
  /** Rows that do not follow from the row before, without their data. */
  readonly suspects: JournalRow[] = [];
  readonly places: Place[] = [];
  readonly previous: Previous;
  events = 0;
  /** The hash stored in the last event; undefined where that is not known. */
  stored: string | null | undefined;
  private recomputed: string | null | undefined;
  private next: number;
  private readonly gaps = new Gaps();
  /** An event beyond the next position, until the one that comes after it tells whether the ones between are missing. */
  private ahead: { readonly link: Link; readonly unreadableData: string | undefined } | null = null;
  /** Positions of events that came before their place, which will be found empty. */
  private readonly early: number[] = [];
  private unread: { readonly first: number; readonly last: number; readonly reason: string } | null = null;

  constructor(
    { next, before, previous }: WalkStart,
    private readonly findings: Findings,
  ) {
    this.next = next;
    this.previous = previous;
    this.stored = this.recomputed = before;
  }

  /** @param unreadableData why the data that came is not the event's, where only the rest could be read */
  take(link: Link, unreadableData?: string): void {
    this.events += 1;
    this.tellUnread();
    this.placeAhead(link.position);
    if (link.position > this.next) this.ahead = { link: linkOf(link.row()), unreadableData };
    else this.place(link, unreadableData);
  }

  /** Nothing can be read at a position, which comes next or later. */
  unreadable(position: number, reason: string): void {
    this.placeAhead(position);
    this.expect(position);
    if (this.unread?.last === position - 1 && this.unread.reason === reason)
      this.unread = { ...this.unread, last: position };
    else {
      this.tellUnread();
      this.unread = { first: position, last: position, reason };
    }
    this.stored = this.recomputed = undefined;
    this.next = position + 1;
  }

  /** Nothing can be read of what comes next. */
  unreadableNext(reason: string): void {
    this.unreadable(this.ahead ? this.ahead.link.position + 1 : this.next, reason);
  }

  /** The last position that the walk has come by. */
  get last(): number {
    return this.next - 1;
  }

  /** Names what is missing before the position that the events should come up to, and what is missing still. */
  end(upTo: number): void {
    this.tellUnread();
    this.placeAhead(Infinity);
    this.expect(upTo + 1);
    for (const position of this.early) this.gaps.close(position);
    for (const { first, last } of this.gaps.left()) this.tellMissing(first, last);
  }

  private place(link: Link, unreadableData: string | undefined): void {
    const { position } = link;
    const isLate = position < this.next;
    if (isLate) this.takeLate(link);
    else this.expect(position);
    this.checkData(link, unreadableData);
    if (isLate) return;
    this.recomputed = this.follow(link);
    this.stored = link.chainHash;
    this.next = position + 1;
  }

  /** Places the event that was ahead, now that it is known what comes after it: one further on, or one before it. */
  private placeAhead(position: number): void {
    if (!this.ahead) return;
    const { link, unreadableData } = this.ahead;
    this.ahead = null;
    if (position >= link.position) return this.place(link, unreadableData);
    this.findings.add('reordered', link.row(), `It stands before position ${position}.`);
    if (this.early.length < REMEMBERED) this.early.push(link.position);
    this.checkData(link, unreadableData);
  }

  private checkData(link: Link, unreadableData: string | undefined): void {
    if (unreadableData !== undefined)
      this.findings.add('unreadable', link.row(), `Its data cannot be read: ${unreadableData}`);
    else if (!link.dataHolds()) this.findings.add('data-changed', link.row(), DATA_CHANGED);
  }

  private expect(position: number): void {
    if (position <= this.next) return;
    const gap = { first: this.next, last: position - 1 };
    if (!this.gaps.add(gap)) this.tellMissing(gap.first, gap.last);
    this.remember({ position: this.next, before: this.stored ?? null });
    this.stored = this.recomputed = undefined;
    this.next = position;
  }

  /** An event whose position was passed already: it stands out of its place, or there is one too many. */
  private takeLate(link: Link): void {
    const after = this.next - 1;
    if (this.gaps.close(link.position))
      this.findings.add('reordered', link.row(), `It stands behind position ${after}; ${UNCHECKED} it.`);
    else this.findings.add('doubled', link.row(), 'Two events stand at this position.');
  }

  /** The hash that the event should carry. */
  private follow(link: Link): string {
    const { position, chainHash } = link;
    if (this.stored === undefined) return chainHash;
    const fromStored = link.hashAfter(this.previous.at(position, this.stored));
    if (fromStored === chainHash) return fromStored;
    if (this.recomputed !== this.stored) {
      const fromRecomputed = link.hashAfter(this.previous.at(position, this.recomputed ?? null));
      if (fromRecomputed === chainHash) return fromRecomputed;
    }
    for (const { previous, says } of this.previous.otherwise(position, this.stored))
      if (link.hashAfter(previous) === chainHash) {
        this.findings.add('branch', position, says);
        return chainHash;
      }
    this.suspect(link.row());
    return fromStored;
  }

  private suspect(row: JournalRow): void {
    if (this.suspects.length >= LOOKED_INTO) return this.findings.add('changed', row, CHANGED);
    this.suspects.push({ ...row, data: '' });
    this.remember({ position: row.position, before: this.stored ?? null });
  }

  private remember(place: Place): void {
    if (this.places.length < 2 * LOOKED_INTO) this.places.push(place);
  }

  private tellMissing(first: number, last: number): void {
    this.findings.add(
      'missing',
      first,
      `${positionsAre(first, last)} missing; ${UNCHECKED} ${first === last ? 'it' : 'them'}.`,
    );
  }

  private tellUnread(): void {
    if (!this.unread) return;
    const { first, last, reason } = this.unread;
    this.findings.add('unreadable', first, `${positionsAre(first, last)} not readable: ${reason}`);
    this.unread = null;
  }
}
