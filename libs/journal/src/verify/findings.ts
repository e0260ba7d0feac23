import { nameOf } from '#libs/contracts';
import type { JournalRow } from '../row.js';

/**
 * Something that does not hold. `data-changed`: the text is not what its hash is of, while the chain holds. `changed`:
 * a column that the chain covers. `reordered`: the event belongs at another position. `doubled`: it stands twice.
 * `missing`: nothing stands there. `head`: the head does not tell where the events end.
 */
export interface IntegrityFinding {
  readonly kind: 'data-changed' | 'changed' | 'reordered' | 'doubled' | 'missing' | 'head';
  readonly position: number;
  /** The event's name; null where no event stands. */
  readonly name: string | null;
  readonly detail: string;
}

/** Findings that are kept; the rest is counted. */
const KEPT = 100;

/** Collects findings in bounded memory. */
export class Findings {
  readonly kept: IntegrityFinding[] = [];
  count = 0;

  add(kind: IntegrityFinding['kind'], at: number | JournalRow, detail: string): void {
    this.count += 1;
    if (this.kept.length >= KEPT) return;
    const [position, name] = typeof at === 'number' ? [at, null] : [at.position, nameOf(at)];
    this.kept.push({ kind, position, name, detail });
  }
}
