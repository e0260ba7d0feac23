import { chainHashOf, dataHashOf } from '../hashes.js';
import type { JournalRow } from '../row.js';

/**
 * An event as a link of the chain: what a check asks of it, whatever it was read from. It holds until the next one is
 * read, its row for longer.
 */
export interface Link {
  readonly position: number;
  /** As stored, in hex. */
  readonly chainHash: string;
  /** Whether its data is what its data hash is of. */
  dataHolds(): boolean;
  /** The chain hash that it should carry behind another, in hex. */
  hashAfter(previousHex: string): string;
  row(): JournalRow;
}

/** A row as a link. */
export const linkOf = (row: JournalRow): Link => ({
  position: row.position,
  chainHash: row.chainHash,
  dataHolds: () => dataHashOf(row.data) === row.dataHash,
  hashAfter: (previousHex) => chainHashOf(previousHex, row),
  row: () => row,
});
