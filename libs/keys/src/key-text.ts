import { createHash, randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';

/**
 * What a caller is given, `litopys_<id>_<secret><checksum>`: a prefix by which scanners of leaked secrets know it, the
 * public name of the key, 256 random bits, and the CRC-32 of all before it, which tells a typing mistake from a key that
 * nobody has. Hexadecimal, so that a double click takes the whole.
 */
const KEY = /^(litopys_([0-9a-f]{10})_[0-9a-f]{64})([0-9a-f]{8})$/;

/** The public part, by which keys are listed and revoked. */
export const KEY_ID = /^[0-9a-f]{10}$/;

export interface NewKey {
  readonly id: string;
  /** The whole, which nobody keeps but its holder. */
  readonly text: string;
  readonly hash: Buffer;
}

const checksumOf = (text: string): string => crc32(text).toString(16).padStart(8, '0');

/**
 * What is stored of a key. One round of SHA-256 is enough: slow hashes with salt protect words that people choose, which
 * can be guessed; 256 random bits cannot, however fast a guess is, and a slow hash would be paid for at every request.
 */
export const hashOf = (text: string): Buffer => createHash('sha256').update(text).digest();

export function makeKey(): NewKey {
  const id = randomBytes(5).toString('hex');
  const body = `litopys_${id}_${randomBytes(32).toString('hex')}`;
  const text = `${body}${checksumOf(body)}`;
  return { id, text, hash: hashOf(text) };
}

/** The id of a key and the hash to compare; `null` where the text is none, or was not copied whole. */
export function readKey(text: string): { readonly id: string; readonly hash: Buffer } | null {
  const [, body, id, checksum] = KEY.exec(text) ?? [];
  if (body === undefined || id === undefined || checksumOf(body) !== checksum) return null;
  return { id, hash: hashOf(text) };
}
