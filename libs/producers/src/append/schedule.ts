import type { History } from '#libs/domain';
import { MAX_TOGETHER } from '../limits.js';
import type { Unit } from './unit.js';

/** Units that are decided together, and what the streams of guessed ones are taken to be. */
export interface Taken {
  readonly units: readonly Unit[];
  readonly guesses: Map<string, History>;
}

/**
 * Which units of a process may be decided now. No stream is in two turns at once, and none of its units overtakes
 * another; within a turn they are decided in order, each beside those before it.
 */
export class Schedule {
  private waiting: Unit[] = [];
  private readonly busy = new Set<string>();
  /** Streams that a turn has just left as they are here, for whoever waits for them. */
  private readonly left = new Map<string, History>();

  put(unit: Unit): void {
    this.waiting.push(unit);
  }

  /** Whether somebody waits for a stream. */
  get wanted(): ReadonlySet<string> {
    return new Set(this.waiting.flatMap(({ streams }) => streams));
  }

  /**
   * Takes the next turn's units, so many events at most. `guessed`: only units that can be decided without a look at the
   * journal, whose streams are those that they open, or that the turn before has left.
   */
  take({ guessed }: { readonly guessed: boolean }): Taken {
    const guesses = new Map<string, History>();
    const units: Unit[] = [];
    const rest: Unit[] = [];
    const passed = new Set<string>();
    let events = 0;
    for (const unit of this.waiting) {
      const isFree = !unit.streams.some((stream) => this.busy.has(stream) || passed.has(stream));
      const fits = events === 0 || events + unit.asked.length <= MAX_TOGETHER;
      if (!isFree || !fits || (guessed && !this.guess(unit, guesses))) {
        rest.push(unit);
        for (const stream of unit.streams) passed.add(stream);
      } else {
        units.push(unit);
        events += unit.asked.length;
      }
    }
    this.waiting = rest;
    for (const stream of units.flatMap(({ streams }) => streams)) {
      this.busy.add(stream);
      this.left.delete(stream);
    }
    return { units, guesses };
  }

  /** Guesses a unit's streams; false where there is one of which nothing is known. */
  private guess({ streams, opens, mustRead }: Unit, guesses: Map<string, History>): boolean {
    const known = (stream: string): History | undefined =>
      guesses.get(stream) ?? this.left.get(stream) ?? (opens.has(stream) ? [] : undefined);
    if (mustRead || streams.some((stream) => known(stream) === undefined)) return false;
    for (const stream of streams) guesses.set(stream, known(stream) ?? []);
    return true;
  }

  /** Ends a turn on these streams: `again` comes before all that waits, `left` is how it has left some streams. */
  end(streams: Iterable<string>, again: readonly Unit[] = [], left: ReadonlyMap<string, History> = new Map()): void {
    for (const stream of streams) this.busy.delete(stream);
    for (const [stream, history] of left) this.left.set(stream, history);
    this.waiting.unshift(...again);
  }
}
