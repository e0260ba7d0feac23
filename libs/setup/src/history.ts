import { readdirSync, readFileSync } from 'node:fs';
import type { Pool } from 'pg';
import { cloudEvent, parseJson, type CloudEvent } from '#libs/contracts';
import { LitopysError, sql, TransientError } from '#libs/platform';

/** The sourced chronology: events as any producer would send them, in the order in which they are to be recorded. */
const FOLDER = new URL('../../../events/history/', import.meta.url);

/** Who appends it, as the journal keeps it: the system itself, whoever has started it. */
export const HISTORY_ACTOR = 'urn:litopys:history';

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

const isRefusal = (error: unknown): error is LitopysError =>
  error instanceof LitopysError && !(error instanceof TransientError) && error.status < 500;

/** Which event is not taken, by which rule, and what to do: a start goes on without it. */
function refusalText(event: CloudEvent, error: LitopysError): string {
  const [first] = error.errors;
  const rule = error.rule ?? first?.rule ?? error.code;
  const mend = error.mend ?? first?.mend ?? '';
  return `The history's event ${event.id} of ${event.source}, on ${event.subject}, is refused by the rule ${rule}: ${error.message} ${mend}`.trimEnd();
}

/**
 * Sends what the journal lacks of the history, one event after another. Killed in the middle, the next load goes on
 * where this one ended; sent twice, an event is the same event. What the record refuses by now (somebody took its slug,
 * or retracted its stream) is told, and the next event has its turn: a history must never keep a system from starting.
 *
 * @param send hands an event to a producer; throws a LitopysError where it is refused
 * @param onRefused is told a sentence for each event that is refused
 * @returns how many were sent and taken, of how many
 * @throws whatever else `send` throws: the journal is away, the rest may be sent later
 */
export async function loadHistory(
  journal: Pool,
  send: (event: CloudEvent) => Promise<unknown>,
  onRefused: (said: string) => void = (said) => console.warn(said),
): Promise<{ readonly sent: number; readonly all: number; readonly refused: number }> {
  const events = readHistory();
  const missing = await missingIn(journal, events);
  let refused = 0;
  for (const event of missing) {
    try {
      await send(event);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      refused++;
      onRefused(refusalText(event, error));
    }
  }
  return { sent: missing.length - refused, all: events.length, refused };
}
