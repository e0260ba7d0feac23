import { ValidationError } from '#libs/platform';
import { fromBase64, type SignerKey, type VerifierKey } from './note-keys.js';
import { openNote, signNote } from './signed-note.js';

/** What a checkpoint says of a journal: up to this position, and to this event, this is its history. */
export interface Checkpoint {
  readonly journalId: string;
  readonly position: number;
  /** Of the event at the position, in hex. */
  readonly chainHash: string;
  /** When the journal took that event; null where the note does not say. */
  readonly recordedAt: string | null;
}

const ORIGIN = 'litopys.example/';
const RECORDED = 'recorded ';

/** The origin line of a journal's checkpoints: it names the journal, and no place to reach it at. */
export const originOf = (journalId: string): string => `${ORIGIN}${journalId}`;

/**
 * A checkpoint as a note's text: origin, position, chain hash, and when that event was recorded. The hash is of a chain,
 * not of a Merkle tree: whoever has the events recomputes it, and no proof is shorter than them.
 * Source: C2SP tlog-checkpoint, "Note text".
 */
function textOf({ journalId, position, chainHash, recordedAt }: Checkpoint): string {
  const lines = [originOf(journalId), String(position), Buffer.from(chainHash, 'hex').toString('base64')];
  if (recordedAt !== null) lines.push(`${RECORDED}${recordedAt}`);
  return lines.map((line) => `${line}\n`).join('');
}

export function signCheckpoint(checkpoint: Checkpoint, key: SignerKey): string {
  return signNote(textOf(checkpoint), key);
}

function read(text: string): Checkpoint | null {
  const [origin = '', size = '', hash = '', ...more] = text.split('\n').slice(0, -1);
  const bytes = fromBase64(hash);
  const journalId = origin.startsWith(ORIGIN) ? origin.slice(ORIGIN.length) : '';
  if (!/^[0-9a-f-]{36}$/.test(journalId) || !/^[1-9]\d{0,15}$/.test(size) || bytes?.length !== 32) return null;
  const recorded = more.find((line) => line.startsWith(RECORDED));
  return {
    journalId,
    position: Number(size),
    chainHash: bytes.toString('hex'),
    recordedAt: recorded?.slice(RECORDED.length) ?? null,
  };
}

/**
 * What a note says that this key has signed; extension lines that are not ours are passed over.
 * @throws ValidationError where it is no signed note, or no checkpoint of a journal
 * @throws IntegrityError where the key has not signed it
 */
export function openCheckpoint(note: Buffer, key: VerifierKey): Checkpoint {
  const checkpoint = read(openNote(note, key));
  if (checkpoint) return checkpoint;
  throw new ValidationError('the note is signed, but it is no checkpoint of a journal', {
    code: 'no-checkpoint',
    mend: `its lines are ${ORIGIN}<journal id>, a position, and a chain hash in base64`,
  });
}
