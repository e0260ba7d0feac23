import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { ValidationError } from '#libs/platform';

/** The signature type of Ed25519 in a key; the only one that is read and made here. Source: C2SP signed-note. */
const ED25519 = 0x01;

/** Of RFC 8410's PKCS #8 form of a private key: all that stands before the seed. */
const BEFORE_SEED = Buffer.from('302e020100300506032b657004220420', 'hex');

/** What signatures are checked with. */
export interface VerifierKey {
  readonly name: string;
  /** First four bytes of sha256(name, newline, type, public key), in hex. */
  readonly id: string;
  readonly publicKey: KeyObject;
  /** `name+id+base64(type, public key)`: what is given to others. */
  readonly text: string;
}

/** What notes are signed with. */
export interface SignerKey {
  readonly privateKey: KeyObject;
  readonly verifier: VerifierKey;
}

/** A name in a key and in its signatures: no spaces, no plus, nothing that a note could not hold. */
export const isKeyName = (text: string): boolean =>
  text.length > 0 && text.isWellFormed() && !/[+\s\p{Z}\p{Cc}]/u.test(text);

/** Bytes of standard base64, or null where a text is anything else. */
export function fromBase64(text: string): Buffer | null {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : null;
}

function verifierOf(name: string, publicKey: KeyObject): VerifierKey {
  const { x = '' } = publicKey.export({ format: 'jwk' });
  const typed = Buffer.concat([Buffer.of(ED25519), Buffer.from(x, 'base64url')]);
  const id = createHash('sha256').update(`${name}\n`).update(typed).digest('hex').slice(0, 8);
  return { name, id, publicKey, text: `${name}+${id}+${typed.toString('base64')}` };
}

function signerOf(name: string, privateKey: KeyObject): SignerKey {
  return { privateKey, verifier: verifierOf(name, createPublicKey(privateKey)) };
}

/** The 32 bytes behind the type byte of a key's last part, or null. */
function bytesOfKey(encoded: string): Buffer | null {
  const bytes = fromBase64(encoded);
  return bytes?.length === 33 && bytes[0] === ED25519 ? bytes.subarray(1) : null;
}

function refuse(what: string, form: string): ValidationError {
  return new ValidationError(`that is no ${what} of an Ed25519 key`, {
    code: 'malformed-key',
    mend: `give it as \`litopys checkpoint keygen\` made it: ${form}`,
  });
}

/**
 * Reads a verifier key. Source: C2SP signed-note, "Verifier keys".
 * @throws ValidationError
 */
export function readVerifierKey(text: string): VerifierKey {
  const [, name = '', id, encoded = ''] = /^([^+]+)\+([0-9a-f]{8})\+(\S+)$/u.exec(text) ?? [];
  const bytes = bytesOfKey(encoded);
  if (isKeyName(name) && bytes) {
    const jwk = { kty: 'OKP', crv: 'Ed25519', x: bytes.toString('base64url') };
    const key = verifierOf(name, createPublicKey({ key: jwk, format: 'jwk' }));
    if (key.id === id) return key;
  }
  throw refuse('verifier key', 'name+8 hex digits+base64');
}

/**
 * Reads a signing key in the form of Go's sumdb tools, which C2SP's verifier keys come from.
 * Source: golang.org/x/mod/sumdb/note, NewSigner.
 * @throws ValidationError that tells nothing of what was given
 */
export function readSignerKey(text: string): SignerKey {
  const [, name = '', id, encoded = ''] = /^PRIVATE\+KEY\+([^+]+)\+([0-9a-f]{8})\+(\S+)$/u.exec(text.trim()) ?? [];
  const seed = bytesOfKey(encoded);
  if (isKeyName(name) && seed) {
    const pkcs8 = Buffer.concat([BEFORE_SEED, seed]);
    const key = signerOf(name, createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' }));
    if (key.verifier.id === id) return key;
  }
  throw refuse('signing key', 'PRIVATE+KEY+name+8 hex digits+base64');
}

/**
 * Makes a signing key.
 * @returns it with its text, which is a secret
 * @throws ValidationError where the name cannot stand in a note
 */
export function generateSignerKey(name: string): { readonly key: SignerKey; readonly secret: string } {
  if (!isKeyName(name))
    throw new ValidationError('a key’s name has no spaces and no +', {
      field: 'name',
      mend: 'name it like a URL without its scheme: chronicle.example.org/main',
    });
  const { privateKey } = generateKeyPairSync('ed25519');
  const seed = privateKey.export({ format: 'der', type: 'pkcs8' }).subarray(BEFORE_SEED.length);
  const key = signerOf(name, privateKey);
  const encoded = Buffer.concat([Buffer.of(ED25519), seed]).toString('base64');
  return { key, secret: `PRIVATE+KEY+${name}+${key.verifier.id}+${encoded}\n` };
}
