import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import type { Pool, PoolClient } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { dataHashOf, type JournalRow } from '#libs/journal';
import { inTransaction, sql } from '#libs/platform';
import type { ArrivedEvent } from '../message.js';
import { copyText } from './copy-text.js';
import { anotherEvent, anotherJournal, wrongDataHash } from './faults.js';
import { checkJournal, moveHead, type Stored } from './move-head.js';

const COPY_EVENTS = sql(import.meta.url, 'copy-events');
const INSERT_MISSING_EVENTS = sql(import.meta.url, 'insert-missing-events');
const FIND_OTHER_EVENT = sql(import.meta.url, 'find-other-event');

/**
 * Puts a batch into the replica, whatever of it is there already, and moves the head over all that is complete by now.
 * All or nothing, and nothing that stands is touched: a repeat, in any order and from anybody, changes nothing.
 * `expectRepeats` takes the way that copes with repeats at once, instead of after a COPY has failed on one.
 * @throws StopError when the batch is not of the replica's journal, tells another event at a position, or its hashes do
 * not hold; nothing of the batch is stored then
 */
export async function storeBatch(
  pool: Pool,
  arrived: readonly ArrivedEvent[],
  expectRepeats: boolean,
): Promise<Stored> {
  const rows = orderRows(arrived);
  const journalId = arrived[0]?.journalId ?? '';
  if (!expectRepeats) {
    try {
      return await inTransaction(pool, async (client) => {
        await copyEvents(client, rows);
        return await moveHead(client, journalId, rows, false);
      });
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
    }
  }
  return await inTransaction(pool, async (client) => {
    // First, so that another journal is called by that name, and not by the first of its events.
    await checkJournal(client, journalId, rows);
    const inserted = await insertMissingEvents(client, rows);
    return await moveHead(client, journalId, rows, inserted < rows.length);
  });
}

const isUniqueViolation = (error: unknown): boolean => (error as { code?: unknown }).code === '23505';

/** In position order, so that two who store the same rows never wait for each other in a circle; each position once. */
function orderRows(arrived: readonly ArrivedEvent[]): JournalRow[] {
  const byPosition = new Map<number, JournalRow>();
  for (const { row, journalId } of arrived) {
    if (journalId !== arrived[0]?.journalId) throw anotherJournal(journalId, arrived[0]?.journalId ?? '', row.position);
    if (dataHashOf(row.data) !== row.dataHash) throw wrongDataHash(row.position);
    const other = byPosition.get(row.position);
    if (other !== undefined && other.chainHash !== row.chainHash) throw anotherEvent(row.position);
    byPosition.set(row.position, row);
  }
  return [...byPosition.values()].sort((a, b) => a.position - b.position);
}

async function copyEvents(client: PoolClient, rows: readonly JournalRow[]): Promise<void> {
  await pipeline(Readable.from([Buffer.from(rows.map(copyText).join(''))]), client.query(copyFrom(COPY_EVENTS)));
}

/** Answers how many rows were not there. */
async function insertMissingEvents(client: PoolClient, rows: readonly JournalRow[]): Promise<number> {
  const column = <K extends keyof JournalRow>(name: K): JournalRow[K][] => rows.map((row) => row[name]);
  const { rowCount } = await client.query(INSERT_MISSING_EVENTS, [
    column('position'),
    column('stream'),
    column('version'),
    column('source'),
    column('id'),
    column('fingerprint'),
    column('type'),
    column('dataschema'),
    column('time'),
    column('knownSince'),
    column('knownBasis'),
    column('actor'),
    column('correlationId'),
    column('causationId'),
    column('recordedAt'),
    column('data'),
    column('dataHash'),
    column('chainHash'),
  ]);
  const arrived = [column('position'), column('dataHash'), column('chainHash')];
  const { rows: others } = await client.query<{ position: number }>(FIND_OTHER_EVENT, arrived);
  if (others[0] !== undefined) throw anotherEvent(others[0].position);
  return rowCount ?? 0;
}
