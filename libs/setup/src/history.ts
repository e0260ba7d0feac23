import { readdirSync, readFileSync } from 'node:fs';
import type { Pool } from 'pg';
import { cloudEvent, parseJson, type CloudEvent } from '#libs/contracts';
import { sql } from '#libs/platform';

/** The sourced chronology: events as any producer would send them, in the order in which they are to be recorded. */
const FOLDER = new URL('../../../events/history/', import.meta.url);

/** Every event of the history, file by file. */
export function readHistory(folder = FOLDER): CloudEvent[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.ndjson'))
    .sort()
    .flatMap((name) => readFileSync(new URL(name, folder), 'utf8').trimEnd().split('\n'))
    .map((line) => cloudEvent.parse(parseJson(line)));
}

const nameOf = ({ source, id }: Pick<CloudEvent, 'source' | 'id'>): string => JSON.stringify([source, id]);

async function missingIn(journal: Pool, events: readonly CloudEvent[]): Promise<CloudEvent[]> {
  const { rows } = await journal.query<{ source: string; id: string }>(sql(import.meta.url, 'missing-events'), [
    events.map(({ source }) => source),
    events.map(({ id }) => id),
  ]);
  const missing = new Set(rows.map(nameOf));
  return events.filter((event) => missing.has(nameOf(event)));
}

/**
 * Sends what the journal lacks of the history, one event after another. Killed in the middle, the next load goes on
 * where this one ended; sent twice, an event is the same event.
 *
 * @param send hands an event to a producer; throws where it is refused
 * @returns how many were sent, of how many
 */
export async function loadHistory(
  journal: Pool,
  send: (event: CloudEvent) => Promise<unknown>,
): Promise<{ readonly sent: number; readonly all: number }> {
  const events = readHistory();
  const missing = await missingIn(journal, events);
  for (const event of missing) await send(event);
  return { sent: missing.length, all: events.length };
}
