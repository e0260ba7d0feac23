import { execFile } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { isAlive } from '../local-process.js';
import type { Account } from './binaries.js';

const run = promisify(execFile);

/** Told by the cluster itself, so that order and case are alike on every system. */
const LOCALE = ['--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'];

/**
 * Makes a cluster where there is none. It appears under its name only when it is whole: a start that is killed meanwhile
 * leaves a draft, which the next one sweeps away.
 */
export async function makeCluster(
  initdb: string,
  cluster: string,
  account: Account | null,
  isDurable: boolean,
): Promise<void> {
  if (existsSync(path.join(cluster, 'PG_VERSION'))) return;
  const folder = path.dirname(cluster);
  mkdirSync(folder, { recursive: true });
  const prefix = `${path.basename(cluster)}.draft-`;
  for (const name of readdirSync(folder).filter((one) => one.startsWith(prefix))) {
    const maker = Number(name.slice(prefix.length));
    if (maker !== process.pid && isAlive(maker)) continue;
    rmSync(path.join(folder, name), { recursive: true, force: true, maxRetries: 5 });
  }
  const draft = `${cluster}.draft-${process.pid}`;
  mkdirSync(draft, { mode: 0o700 });
  if (account) chownSync(draft, account.uid, account.gid);
  const sync = isDurable ? [] : ['--no-sync'];
  await run(initdb, ['-D', draft, '-U', 'postgres', '--auth=trust', ...sync, ...LOCALE], {
    cwd: draft,
    ...(account && { uid: account.uid, gid: account.gid }),
  });
  renameSync(draft, cluster);
}
