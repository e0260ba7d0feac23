import { readStreams, toStreamEvent, type JournalRow, type Queryable } from '#libs/journal';
import type { Known } from './decide-units.js';

function historyOf(rows: readonly JournalRow[]): Known {
  try {
    return rows.map(toStreamEvent);
  } catch (error) {
    return error as Error;
  }
}

/**
 * Streams as the journal has them, by one read; empty those that it does not have. UnknownTypeError in place of one in
 * which another release wrote: that is no trouble of the others.
 */
export async function readHistories(db: Queryable, streams: readonly string[]): Promise<Map<string, Known>> {
  const rows = new Map<string, JournalRow[]>(streams.map((stream) => [stream, []]));
  for (const row of await readStreams(db, 'journal', streams)) rows.get(row.stream)?.push(row);
  return new Map([...rows].map(([stream, own]): [string, Known] => [stream, historyOf(own)]));
}
