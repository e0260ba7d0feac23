import type { Pool, PoolClient } from 'pg';
import { sql } from '#libs/platform';

const BEGIN_PROGRESS = sql(import.meta.url, 'begin-progress');
const READ_PROGRESS = sql(import.meta.url, 'read-progress');
const MOVE_PROGRESS = sql(import.meta.url, 'move-progress');
const RESET_PROGRESS = sql(import.meta.url, 'reset-progress');

type Db = Pool | PoolClient;

/** The position up to which the journal has been sent to the topic. */
export async function readProgress(db: Db, topic: string): Promise<number> {
  await db.query(BEGIN_PROGRESS, [topic]);
  const { rows } = await db.query<{ position: number }>(READ_PROGRESS, [topic]);
  return rows[0]?.position ?? 0;
}

/** Whether the progress stood at `from` and stands at `to` now. */
export async function moveProgress(db: Db, topic: string, from: number, to: number): Promise<boolean> {
  const { rowCount } = await db.query(MOVE_PROGRESS, [topic, from, to]);
  return rowCount === 1;
}

/**
 * Lets the relay send everything again, from position 1: to fill a new topic, or to heal one that has lost records. A
 * relay that is running notices at its next send. Consumers see repeats, which change nothing.
 */
export async function republish(db: Db, topic: string): Promise<void> {
  await db.query(RESET_PROGRESS, [topic]);
}
