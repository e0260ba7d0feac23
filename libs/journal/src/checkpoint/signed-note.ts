import { isUtf8 } from 'node:buffer';
import { sign, verify } from 'node:crypto';
import { IntegrityError, ValidationError } from '#libs/platform';
import { fromBase64, isKeyName, type SignerKey, type VerifierKey } from './note-keys.js';

/** A note is read whole before its signature is known to be good. */
const MAX_BYTES = 1_000_000;
const MAX_SIGNATURES = 100;

interface Signature {
  readonly name: string;
  readonly keyId: string;
  readonly bytes: Buffer;
}

/** No ASCII control character but the newline. */
const isPlain = (bytes: Buffer): boolean => bytes.every((byte) => byte >= 0x20 || byte === 0x0a);

function malformed(why: string): ValidationError {
  return new ValidationError(`that is no signed note: ${why}`, {
    code: 'malformed-note',
    mend: 'give the whole of what `litopys checkpoint` printed, with its blank line and the lines behind it',
  });
}

function readSignature(line: string): Signature {
  const [, name = '', encoded = ''] = /^— (\S+) (\S+)$/u.exec(line) ?? [];
  const bytes = fromBase64(encoded);
  if (!isKeyName(name) || !bytes || bytes.length < 5) throw malformed('a signature line is “— name base64”');
  return { name, keyId: bytes.subarray(0, 4).toString('hex'), bytes: bytes.subarray(4) };
}

function split(note: Buffer): { readonly text: string; readonly signatures: readonly Signature[] } {
  if (note.length > MAX_BYTES) throw malformed(`it is longer than ${MAX_BYTES} bytes`);
  if (!isUtf8(note)) throw malformed('it is not UTF-8');
  const all = note.toString();
  if (!isPlain(note)) throw malformed('it holds control characters');
  const end = all.lastIndexOf('\n\n');
  if (end < 0 || !all.endsWith('\n')) throw malformed('a text, a blank line and signatures are wanted');
  const lines = all
    .slice(end + 2)
    .split('\n')
    .slice(0, -1);
  if (lines.length === 0 || lines.length > MAX_SIGNATURES) throw malformed(`it has ${lines.length} signatures`);
  return { text: all.slice(0, end + 1), signatures: lines.map(readSignature) };
}

/**
 * Signs a text, which ends in a newline.
 * Source: C2SP signed-note, "Format" and "Ed25519 signatures".
 * @returns the note
 */
export function signNote(text: string, { privateKey, verifier }: SignerKey): string {
  if (!text.endsWith('\n') || !isPlain(Buffer.from(text)) || !text.isWellFormed())
    throw new Error('no note can hold this text');
  const signature = Buffer.concat([Buffer.from(verifier.id, 'hex'), sign(null, Buffer.from(text), privateKey)]);
  return `${text}\n— ${verifier.name} ${signature.toString('base64')}\n`;
}

/**
 * The text of a note that a key has signed; signatures of other keys are passed over.
 * @throws ValidationError where it is no signed note
 * @throws IntegrityError where the key has not signed it, or its signature is not of this text
 */
export function openNote(note: Buffer, key: VerifierKey): string {
  const { text, signatures } = split(note);
  const own = signatures.filter(({ name, keyId }) => name === key.name && keyId === key.id);
  if (own.length === 0)
    throw new IntegrityError(
      `the note is not signed by ${key.name}+${key.id}, but by ${signatures.map(({ name, keyId }) => `${name}+${keyId}`).join(', ')}`,
      {
        code: 'note-of-another-key',
        mend: 'take the verifier key from whoever made the note, by another way than the note',
      },
    );
  for (const { bytes } of own)
    if (!verify(null, Buffer.from(text), key.publicKey, bytes))
      throw new IntegrityError(`the signature of ${key.name}+${key.id} is not of this text`, {
        code: 'bad-signature',
        mend: 'the note was changed after it was signed: get it anew from where it was published',
      });
  return text;
}
