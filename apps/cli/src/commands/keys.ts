import { InvalidArgumentError, Option, type Command } from 'commander';
import { SCOPES, type Scope } from '#libs/contracts';
import { loadConfig } from '#libs/platform';
import { findDatabases } from '#libs/setup';
import type { KeyStore, ListedKey } from '#libs/keys';
import { cliActor } from '../actor.js';
import { formOf, printRows, write, type Column } from '../print.js';
import { expiryOf } from './key-expiry.js';

interface AddOptions {
  readonly scope: readonly Scope[];
  readonly expires?: Date;
  readonly owner?: string;
  readonly json?: boolean;
}

/** On the keys of the journal's database, as whoever migrates it: the apps' role may not change them. */
async function onKeys<T>(work: (store: KeyStore) => Promise<T>): Promise<T> {
  const { journalUrl } = await findDatabases(loadConfig(process.env));
  const { withKeyStore } = await import('#libs/keys');
  return withKeyStore(journalUrl, work);
}

const tell = (said: string): void => void process.stderr.write(`${said}\n`);

/** A time to the minute, in UTC. */
const minuteOf = (at: Date | null): string => (at ? `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC` : '');

/** The key alone on standard output, so that a script can take it; all about it on standard error. */
async function addKey(name: string, { scope, expires, owner, json }: AddOptions): Promise<void> {
  const { text, key } = await onKeys((store) =>
    store.add({
      name,
      scopes: scope,
      owner: owner ?? `urn:litopys:owner:${name}`,
      expiresAt: expires ?? null,
      createdBy: cliActor(),
    }),
  );
  if (json) return write(JSON.stringify({ key: text, ...jsonOf(key, new Date()) }));
  write(text);
  tell(`
This is shown once, and cannot be had again: keep it where the program that writes can read it.
  key     ${key.id}, named ${key.name}
  may     ${key.scopes.join(', ')}
  owner   ${key.owner}
  expires ${minuteOf(key.expiresAt) || 'never'}
Send it as "Authorization: Bearer ..."; end it with: litopys keys revoke ${key.name}`);
}

type Standing = 'holds' | 'expired' | 'revoked';

function standingOf({ revokedAt, expiresAt }: ListedKey, now: Date): Standing {
  if (revokedAt) return 'revoked';
  return expiresAt && expiresAt <= now ? 'expired' : 'holds';
}

function jsonOf(key: ListedKey, now: Date): Record<string, unknown> {
  const { id, name, scopes, owner } = key;
  return {
    id,
    name,
    standing: standingOf(key, now),
    scopes,
    owner,
    created_at: key.createdAt,
    created_by: key.createdBy,
    expires_at: key.expiresAt,
    last_used_at: key.lastUsedAt,
    revoked_at: key.revokedAt,
  };
}

const columnsAt = (now: Date): Column<ListedKey>[] => [
  { name: 'id', text: ({ id }) => id },
  { name: 'name', text: ({ name }) => name },
  { name: 'standing', text: (key) => standingOf(key, now) },
  { name: 'scopes', text: ({ scopes }) => scopes.join(' ') },
  { name: 'owner', text: ({ owner }) => owner },
  { name: 'created', text: ({ createdAt }) => minuteOf(createdAt) },
  { name: 'expires', text: ({ expiresAt }) => minuteOf(expiresAt) },
  {
    name: 'last used',
    text: ({ lastUsedAt }) => lastUsedAt && `${lastUsedAt.toISOString().slice(0, 13)}h`.replace('T', ' '),
  },
  { name: 'revoked', text: ({ revokedAt }) => minuteOf(revokedAt) },
];

async function listKeys(flags: { json?: boolean; csv?: boolean }): Promise<void> {
  const keys = await onKeys((store) => store.list());
  const [form, now] = [formOf(flags), new Date()];
  if (form === 'json') return write(JSON.stringify(keys.map((key) => jsonOf(key, now))));
  if (form === 'table' && keys.length === 0)
    return write('There are no keys: over HTTP, only programs of this machine may write.');
  printRows(form, { columns: columnsAt(now), rows: keys });
}

async function revokeKey(nameOrId: string): Promise<void> {
  const { key, before } = await onKeys((store) => store.revoke(nameOrId));
  const { KEY_KNOWN_MS } = await import('#libs/keys');
  const when = before
    ? `was revoked ${minuteOf(key.revokedAt)}`
    : `is revoked; in ${KEY_KNOWN_MS / 1000} seconds at most it writes no more`;
  write(`key ${key.id}, named ${key.name}, ${when}`);
}

/** A name that stands in URNs and on command lines as it is, and is no id. */
function nameOf(text: string): string {
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/.test(text) || /^[0-9a-f]{10}$/.test(text))
    throw new InvalidArgumentError('1 to 63 of letters, digits, ".", "_" and "-", and not the form of an id.');
  return text;
}

/** What stands before `#` in the actor of an event: a URI without a fragment. */
function ownerOf(text: string): string {
  if (!URL.canParse(text) || /[#\s]/.test(text) || text.length > 200)
    throw new InvalidArgumentError('A URI is wanted, up to 200 characters and without "#": https://example.org/desk.');
  return text;
}

export function addKeys(program: Command): void {
  const keys = program.command('keys').description('who may write over HTTP: make, list and revoke keys');
  keys
    .command('add')
    .description('make a key, and show it once')
    .argument('<name>', 'what it is called here: whose, and what for', nameOf)
    .addOption(new Option('--scope <scopes...>', 'what it may do').choices(SCOPES).makeOptionMandatory())
    .option('--expires <when>', 'a last day (2027-06-30, UTC), an instant, or how long: 30d, 12h', expiryOf)
    .option(
      '--owner <uri>',
      'whose events they are; several keys may have one owner (urn:litopys:owner:<name>)',
      ownerOf,
    )
    .option('--json', 'as JSON, with the key')
    .action(addKey);
  keys
    .command('list')
    .description('every key there ever was, without its secret')
    .option('--json', 'as JSON')
    .option('--csv', 'as CSV')
    .action(listKeys);
  keys
    .command('revoke')
    .description('end a key, at once')
    .argument('<name or id>', 'as they stand in the list')
    .action(revokeKey);
}
