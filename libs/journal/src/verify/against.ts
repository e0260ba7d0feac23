import { IntegrityError } from '#libs/platform';
import type { Checkpoint } from '../checkpoint/checkpoint.js';
import type { Findings } from './findings.js';

/** An event as a checkpoint tells of it. */
export interface Standing {
  readonly chainHash: string;
  readonly recordedAt: string;
}

/** @throws IntegrityError where a checkpoint is of another journal than the one that stands at its position */
export function mustBeOf(checkpoint: Checkpoint, journalId: string | null): void {
  if (checkpoint.journalId === journalId) return;
  throw new IntegrityError(
    `the checkpoint is of journal ${checkpoint.journalId}; at its position ${checkpoint.position} this one is ${journalId ?? 'empty'}`,
    { code: 'checkpoint-of-another-journal', mend: 'check a journal against checkpoints of its own' },
  );
}

/**
 * Names where what was signed is not what stands.
 * @param standing what stands at its position; null where nothing does
 * @param end where the events end
 */
export function compare(checkpoint: Checkpoint, standing: Standing | null, end: number, findings: Findings): void {
  const { position, chainHash, recordedAt } = checkpoint;
  const tell = (detail: string): void => findings.add('checkpoint', position, detail);
  if (position > end) return tell(`An event was signed here; the events end at ${end}: the rest was cut off.`);
  if (standing === null) return tell('An event was signed here; none that can be read stands here.');
  if (standing.chainHash !== chainHash)
    return tell('Its chain hash is not the one that was signed: here or before it, history was rewritten.');
  if (recordedAt !== null && recordedAt !== standing.recordedAt)
    tell(`It was recorded at ${standing.recordedAt}, not at ${recordedAt}, as was signed.`);
}
