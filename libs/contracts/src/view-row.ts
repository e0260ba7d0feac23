import type { Day } from './edtf.js';
import { canonicalJson } from './json.js';
import type { Json } from './pointer.js';
import type { StreamEvent } from './stream-event.js';

/** A value of a view's column; arrays are Postgres arrays of text, objects jsonb. */
export type Cell = Json | undefined;

/** One row of a view's table, as one stream has it at one known day. */
export interface ViewRow {
  readonly table: string;
  /** The version of the event that it is made of; 0 for a row of the whole stream. */
  readonly version: number;
  /** Tells rows of one table, stream and version apart. */
  readonly key: string;
  readonly columns: Readonly<Record<string, Cell>>;
}

/** A row with the known days over which it holds: from `knownFrom` to before `knownTo`, for ever where that is null. */
export interface KnownRow extends ViewRow {
  readonly knownFrom: Day;
  readonly knownTo: Day | null;
}

/** A view: how a stream's events become rows. Pure; what the engine needs to know of it, and no more. */
export interface View {
  readonly name: string;
  /** Plain SQL that creates its tables and indexes in the schema at the head of the search path. */
  readonly schema: string;
  /** `event`: a row comes from one event and the records about it; `stream`: from the whole stream. */
  readonly scope: 'event' | 'stream';
  /** Kinds of the streams it shows; all where left out. */
  readonly kinds?: readonly string[];
  /**
   * Every row that these events of one stream make; with scope `event`, the sum of what each event makes. With scope
   * `stream` it may be asked for what holds from a day on alone, where nothing before that day has changed.
   */
  rows(events: readonly StreamEvent[], since?: Since): KnownRow[];
}

/** A day from which rows are wanted, and the rows that held on the day before it and may go on. */
export interface Since {
  readonly day: Day;
  readonly held: readonly KnownRow[];
}

const identity = (row: ViewRow): string => `${row.table} ${row.version} ${row.key}`;

interface OpenRow {
  readonly row: ViewRow;
  readonly text: string;
  readonly knownFrom: Day;
  /** The held row that it is; given back as it was where nothing has changed. */
  readonly given?: KnownRow;
}

/**
 * Rows over the whole known axis, from the rows at each day on which anything changes; equal neighbours of one key
 * become one row.
 *
 * @param days ascending, distinct; before the first nothing is known but what is held
 * @param held rows that hold on the day before the first
 */
export function rowsOverDays(
  days: readonly Day[],
  rowsAt: (day: Day) => readonly ViewRow[],
  held: readonly KnownRow[] = [],
): KnownRow[] {
  const done: KnownRow[] = [];
  const [only] = days;
  if (days.length === 1 && only !== undefined && held.length === 0)
    return rowsAt(only).map((row) => ({ ...row, knownFrom: only, knownTo: null }));
  let open = new Map<string, OpenRow>(
    held.map((row) => [identity(row), { row, text: canonicalJson(row.columns), knownFrom: row.knownFrom, given: row }]),
  );
  const close = (id: string, day: Day | null): void => {
    const held = open.get(id);
    if (held?.given?.knownTo === day) done.push(held.given);
    else if (held) done.push({ ...held.row, knownFrom: held.knownFrom, knownTo: day });
  };
  for (const day of days) {
    const next = new Map<string, OpenRow>();
    for (const row of rowsAt(day)) {
      const id = identity(row);
      const held = open.get(id);
      const text = canonicalJson(row.columns);
      next.set(id, held?.text === text ? held : { row, text, knownFrom: day });
    }
    for (const [id, held] of open) if (next.get(id) !== held) close(id, day);
    open = next;
  }
  for (const id of open.keys()) close(id, null);
  return done;
}
