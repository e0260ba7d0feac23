import {
  canonicalJson,
  eventWithRecords,
  isTelling,
  kindOf,
  versionsTouched,
  type KnownRow,
  type StreamEvent,
  type View,
} from '#libs/contracts';

/** A row to add; one that was opened and closed in the same batch is added closed. */
export interface Addition {
  readonly row: KnownRow;
  readonly stream: string;
  readonly fromPosition: number;
  toPosition: number | null;
}

/** A row that stands open in the table and is closed at a position. */
export interface Closing {
  readonly row: KnownRow;
  readonly stream: string;
  readonly position: number;
}

export interface StreamChanges {
  readonly additions: Addition[];
  readonly closings: Closing[];
}

/** An open row: in the table already, or among the additions of this batch. */
interface OpenRow {
  readonly row: KnownRow;
  readonly addition: Addition | null;
}
type OpenRows = Map<string, OpenRow>;

const placeOf = (row: KnownRow): string => `${row.table} ${row.version} ${row.key} ${row.knownFrom}`;

const sameRow = (a: KnownRow, b: KnownRow): boolean =>
  a === b || (a.knownTo === b.knownTo && canonicalJson(a.columns) === canonicalJson(b.columns));

const WHOLE_STREAM = 0;

/** What of a view one event changes: an event's rows, by its version, or the whole stream's. */
function unitsTouched(view: View, events: readonly StreamEvent[], event: StreamEvent): number[] {
  if (view.scope === 'stream') return [WHOLE_STREAM];
  return isTelling(event) ? [event.version] : versionsTouched(events, event);
}

/** What a unit's rows are made of, at the new event and before it. A telling event begins its own unit. */
function unitAt(events: readonly StreamEvent[], unit: number, event: StreamEvent): readonly StreamEvent[] {
  if (unit === WHOLE_STREAM) return events;
  return event.version === unit ? [event] : eventWithRecords(events, unit);
}

function unitBefore(events: readonly StreamEvent[], unit: number, event: StreamEvent): readonly StreamEvent[] {
  if (event.version === unit) return [];
  return unit === WHOLE_STREAM ? events.slice(0, -1) : eventWithRecords(events.slice(0, -1), unit);
}

/** Whether a view's rows of this stream can be made only with its earlier events at hand. */
export function needsEarlierEvents(views: readonly View[], event: StreamEvent): boolean {
  return !isTelling(event) || views.some((view) => view.scope === 'stream' && showsStream(view, event.stream));
}

const showsStream = (view: View, stream: string): boolean => view.kinds?.includes(kindOf(stream)) ?? true;

function moveTo(next: readonly KnownRow[], open: OpenRows, event: StreamEvent, changes: StreamChanges): OpenRows {
  const opened: OpenRows = new Map();
  for (const row of next) {
    const place = placeOf(row);
    const held = open.get(place);
    if (held && sameRow(held.row, row)) {
      opened.set(place, held);
      continue;
    }
    const addition: Addition = { row, stream: event.stream, fromPosition: event.position, toPosition: null };
    changes.additions.push(addition);
    opened.set(place, { row, addition });
  }
  for (const [place, held] of open) {
    if (opened.get(place) === held) continue;
    if (held.addition) held.addition.toPosition = event.position;
    else changes.closings.push({ row: held.row, stream: event.stream, position: event.position });
  }
  return opened;
}

/**
 * A view's rows at the new event. What only the whole stream makes is folded from the first known day that has changed:
 * a telling event changes nothing before the day on which it became known, a record may.
 */
function rowsAt(
  view: View,
  events: readonly StreamEvent[],
  unit: number,
  event: StreamEvent,
  open: OpenRows,
): KnownRow[] {
  if (unit !== WHOLE_STREAM || !isTelling(event)) return view.rows(unitAt(events, unit, event));
  const day = event.knownSince;
  const before = [...open.values()].map(({ row }) => row).filter((row) => row.knownFrom < day);
  const isOver = (row: KnownRow): boolean => row.knownTo !== null && row.knownTo < day;
  const held = before.filter((row) => !isOver(row));
  return [...before.filter(isOver), ...view.rows(events, { day, held })];
}

const openRows = (rows: readonly KnownRow[]): OpenRows =>
  new Map(rows.map((row) => [placeOf(row), { row, addition: null }]));

/**
 * How the rows of one stream change by its new events, one event after another in version order: rows that are gone
 * are closed at the event's position, new ones opened there.
 *
 * @param earlier the stream's events projected before; may be left out where {@link needsEarlierEvents} is false for
 *   every new event
 */
export function changesOfStream(
  views: readonly View[],
  earlier: readonly StreamEvent[],
  fresh: readonly StreamEvent[],
): StreamChanges {
  const changes: StreamChanges = { additions: [], closings: [] };
  const open = new Map<string, OpenRows>();
  const events = [...earlier];
  for (const event of fresh) {
    events.push(event);
    for (const view of views) {
      if (!showsStream(view, event.stream)) continue;
      for (const unit of unitsTouched(view, events, event)) {
        const name = `${view.name} ${unit}`;
        const opened = open.get(name) ?? openRows(view.rows(unitBefore(events, unit, event)));
        open.set(name, moveTo(rowsAt(view, events, unit, event, opened), opened, event, changes));
      }
    }
  }
  return changes;
}
