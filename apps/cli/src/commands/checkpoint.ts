import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import {
  generateSignerKey,
  originOf,
  readCheckpoint,
  readJournalIds,
  signCheckpoint,
  verify,
  type Checkpoint,
  type Feed,
  type Queryable,
} from '#libs/journal';
import { ConflictError, IntegrityError, loadConfig } from '#libs/platform';
import { checkpointIn, signerKeyIn } from '../checkpoint-file.js';
import { withConnection } from '../connection.js';
import { write } from '../print.js';

interface Options {
  readonly replica?: boolean;
  readonly since?: string;
}

/** What is signed next must go on from what was signed before. */
async function mustGoOnFrom(db: Queryable, feed: Feed, last: Checkpoint): Promise<void> {
  const { findings } = await verify(db, feed, { from: last.position + 1, against: last });
  const [first] = findings;
  if (first === undefined) return;
  throw new IntegrityError(`nothing is signed; at position ${first.position}: ${first.detail}`, {
    code: 'checkpoint-refused',
    mend: 'run `litopys verify --against` the checkpoint before',
  });
}

async function printCheckpoint({ replica, since }: Options): Promise<void> {
  const feed: Feed = replica ? 'replica' : 'journal';
  const key = await signerKeyIn(loadConfig(process.env).checkpointKey);
  const last = since === undefined ? undefined : await checkpointIn(since, key.verifier);
  const checkpoint = await withConnection(
    async ({ journal, views }) => {
      const db = replica ? views : journal;
      if (last) await mustGoOnFrom(db, feed, last);
      return readCheckpoint(db, feed);
    },
    { evenStopped: 'litopys checkpoint' },
  );
  write(signCheckpoint(checkpoint, key));
}

/** The name that a journal's checkpoints begin with: what checks them by name then expects. */
const nameOfJournal = (): Promise<string> =>
  withConnection(async ({ journal }) => originOf((await readJournalIds(journal, 'journal'))(Infinity) ?? ''));

async function makeKey(file: string, { name }: { readonly name?: string }): Promise<void> {
  const { key, secret } = generateSignerKey(name ?? (await nameOfJournal()));
  await writeFile(file, secret, { mode: 0o600, flag: 'wx' }).catch((cause: NodeJS.ErrnoException) => {
    throw new ConflictError(
      `${file} is not written: ${cause.code === 'EEXIST' ? 'it is there already' : cause.message}`,
      {
        cause,
        mend: 'name a new file: what an older key has signed, only its verifier key opens',
      },
    );
  });
  process.stderr.write(
    `${file} holds the signing key: set CHECKPOINT_KEY to it. To be given to others, the verifier key:\n`,
  );
  write(key.verifier.text);
}

async function printVerifierKey(): Promise<void> {
  const { verifier } = await signerKeyIn(loadConfig(process.env).checkpointKey);
  write(verifier.text);
}

export function addCheckpoint(program: Command): void {
  const checkpoint = program
    .command('checkpoint')
    .description('sign where the journal stands: position, time and chain hash, as a signed note')
    .option('--replica', 'the replica instead of the journal')
    .option('--since <file>', 'an earlier checkpoint by the same key: sign only what goes on from it')
    .action(printCheckpoint);
  checkpoint
    .command('keygen')
    .description('make a signing key and print its verifier key')
    .argument('<file>', 'where the signing key is put, readable by you alone')
    .option('--name <name>', 'who signs, like chronicle.example.org/main; the journal’s own name where it is left out')
    .action(makeKey);
  checkpoint.command('key').description('print the verifier key of CHECKPOINT_KEY').action(printVerifierKey);
}
