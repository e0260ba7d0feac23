import type { JournalRow } from '../row.js';
import { CHANGED, type ChainWalk } from './chain.js';
import { diagnose } from './diagnosis.js';
import type { Findings } from './findings.js';

/**
 * Tells what is the matter with each event that did not follow.
 * @param twinOf where else an event of this name stands, or null
 */
export async function nameSuspects(
  walk: ChainWalk,
  findings: Findings,
  twinOf: (row: JournalRow) => Promise<number | null>,
): Promise<void> {
  for (const { row, diagnosis } of diagnose(walk)) {
    if (diagnosis.is === 'intact') continue;
    if (diagnosis.is === 'reordered') {
      findings.add('reordered', row, `It belongs at position ${diagnosis.belongsAt}.`);
      continue;
    }
    const twin = await twinOf(row);
    if (twin === null) findings.add('changed', row, CHANGED);
    else findings.add('doubled', row, `An event of this name stands at position ${twin} too.`);
  }
}
