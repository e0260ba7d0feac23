import { chainHashOf } from '../hashes.js';
import type { JournalRow } from '../row.js';
import type { ChainWalk } from './chain.js';

/** What is the matter with a suspect: nothing (only its neighbour moved), or it belongs elsewhere, or it was changed. */
export type Diagnosis =
  { readonly is: 'intact' | 'changed' } | { readonly is: 'reordered'; readonly belongsAt: number };

/**
 * Tells events that stand at a wrong position from events that were changed: moved, an event still carries the hash
 * that it got at its own position behind its own neighbour, and that neighbour's hash is among those at hand.
 */
export function diagnose({ suspects, places, previous }: ChainWalk): { row: JournalRow; diagnosis: Diagnosis }[] {
  const hashes = suspects.map(({ chainHash }) => chainHash);
  const fits = (row: JournalRow, position: number, before: string | null): boolean =>
    chainHashOf(previous.at(position, before), { ...row, position }) === row.chainHash;

  const diagnosisOf = (row: JournalRow): Diagnosis => {
    if (hashes.some((hash) => fits(row, row.position, hash))) return { is: 'intact' };
    const home = places.find(
      ({ position, before }) =>
        position !== row.position && [before, ...hashes].some((hash) => fits(row, position, hash)),
    );
    return home ? { is: 'reordered', belongsAt: home.position } : { is: 'changed' };
  };

  const all = suspects.map((row) => ({ row, diagnosis: diagnosisOf(row) }));
  // Each suspect vouched for by another only: no honest mishap looks like that.
  if (all.every(({ diagnosis }) => diagnosis.is === 'intact'))
    return all.map(({ row }) => ({ row, diagnosis: { is: 'changed' } }));
  return all;
}
