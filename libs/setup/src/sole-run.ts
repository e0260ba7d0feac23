import { hostname } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import type pg from 'pg';
import { ConflictError, makePool, sql } from '#libs/platform';

/** How long a killed predecessor's session may take to be noticed. */
const NOTICE_MS = 2000;
const LOOK_MS = 100;

/** That no other system runs on this database, for as long as it is held. */
export interface SoleRun {
  release(): Promise<void>;
}

async function tryLock(client: pg.PoolClient): Promise<boolean> {
  const deadline = performance.now() + NOTICE_MS;
  for (;;) {
    const { rows } = await client.query<{ locked: boolean }>(sql(import.meta.url, 'try-sole-run'));
    if (rows[0]?.locked) return true;
    if (performance.now() > deadline) return false;
    await wait(LOOK_MS);
  }
}

async function nameHolder(client: pg.PoolClient): Promise<string> {
  const { rows } = await client.query<{ name: string }>(sql(import.meta.url, 'who-runs'));
  return rows[0]?.name ?? 'another process';
}

/**
 * Takes the lock that one running system holds on its journal's database; it goes with the process, however that ends.
 *
 * @param what the command that runs, as the next one is told
 * @param onLost called when the database has ended the session by itself
 * @throws ConflictError naming the process that runs already
 */
export async function holdSoleRun(journalUrl: string, what: string, onLost: () => void): Promise<SoleRun> {
  const pool = makePool(journalUrl, { max: 1, name: `process ${process.pid} on ${hostname()} (${what})` });
  const client = await pool.connect();
  if (!(await tryLock(client))) {
    const holder = await nameHolder(client);
    client.release();
    await pool.end();
    throw new ConflictError(`Litopys runs already on this database: ${holder}.`, {
      code: 'already-runs',
      mend: 'Use that one, stop it first, or start this one on another folder (DATA_DIR) and port (PORT).',
    });
  }
  let held = true;
  client.on('end', () => held && onLost());
  return {
    async release() {
      held = false;
      client.release(true);
      await pool.end();
    },
  };
}
