import { readFile, stat } from 'node:fs/promises';
import {
  openCheckpoint,
  readSignerKey,
  readVerifierKey,
  type Checkpoint,
  type SignerKey,
  type VerifierKey,
} from '#libs/journal';
import { ConfigError, ValidationError } from '#libs/platform';

const OTHERS_MAY_READ = 0o077;

async function read(file: string, what: string): Promise<Buffer> {
  return readFile(file).catch((cause: unknown) => {
    throw new ValidationError(`${file} cannot be read`, { cause, mend: `name a file that holds ${what}` });
  });
}

/** A checkpoint that was kept in a file, as its key vouches for it. */
export async function checkpointIn(file: string, key: VerifierKey): Promise<Checkpoint> {
  return openCheckpoint(await read(file, 'a checkpoint'), key);
}

/** The checkpoint of a command's `--against` and `--key`, which go together; undefined where neither is given. */
export async function givenCheckpoint(given: { against?: string; key?: string }): Promise<Checkpoint | undefined> {
  const { against, key } = given;
  if (against === undefined && key === undefined) return undefined;
  if (against === undefined || key === undefined)
    throw new ValidationError('--against and --key go together', {
      mend: 'give the file of the checkpoint, and the verifier key of whoever signed it',
    });
  return checkpointIn(against, readVerifierKey(key));
}

/** The key that signs, from the file that the configuration names. */
export async function signerKeyIn(file: string | undefined): Promise<SignerKey> {
  if (file === undefined)
    throw new ConfigError(['CHECKPOINT_KEY: name the file that `litopys checkpoint keygen FILE` made']);
  const key = readSignerKey((await read(file, 'a signing key')).toString());
  const { mode } = await stat(file);
  if (process.platform !== 'win32' && (mode & OTHERS_MAY_READ) !== 0)
    process.stderr.write(`others may read the signing key in ${file}: chmod 600 it\n`);
  return key;
}
