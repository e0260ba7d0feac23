import { nameOf } from '#libs/contracts';
import type { JournalRow } from '../row.js';

/**
 * Something that does not hold. `data-changed`: the text is not what its hash is of, while the chain holds. `changed`:
 * a column that the chain covers. `reordered`: the event belongs at another position. `doubled`: it stands twice.
 * `missing`: nothing stands there. `unreadable`: something may stand there, and cannot be read. `branch`: a journal id
 * does not begin where it is said to. `head`: the head does not tell where the events end. `checkpoint`: what was
 * signed is not what stands.
 */
export interface IntegrityFinding {
  readonly kind:
    'data-changed' | 'changed' | 'reordered' | 'doubled' | 'missing' | 'unreadable' | 'branch' | 'head' | 'checkpoint';
  readonly position: number;
  /** The event's name; null where no event stands, or none that can be read. */
  readonly name: string | null;
  readonly detail: string;
}

/** Findings that are kept; the rest is counted. */
const KEPT = 100;

const byPosition = (a: IntegrityFinding, b: IntegrityFinding): number => a.position - b.position;

/** Collects findings in bounded memory: the first of them, by position. */
export class Findings {
  private some: IntegrityFinding[] = [];
  count = 0;

  add(kind: IntegrityFinding['kind'], at: number | JournalRow, detail: string): void {
    this.count += 1;
    const [position, name] = typeof at === 'number' ? [at, null] : [at.position, nameOf(at)];
    this.some.push({ kind, position, name, detail });
    if (this.some.length > 10 * KEPT) this.some = this.kept;
  }

  get kept(): IntegrityFinding[] {
    return this.some.toSorted(byPosition).slice(0, KEPT);
  }
}

/** "Position 7 is" or "Positions 7 to 9 are". */
export const positionsAre = (first: number, last: number): string =>
  first === last ? `Position ${first} is` : `Positions ${first} to ${last} are`;
