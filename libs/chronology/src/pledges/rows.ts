import {
  daysOfEffect,
  edtfBounds,
  mend,
  nameOf,
  rowsOverDays,
  tellAt,
  type DataOf,
  type Day,
  type Json,
  type KnownRow,
  type Line,
  type MendedEvent,
  type Since,
  type StreamEvent,
  type ToldEvent,
  type ViewRow,
} from '#libs/contracts';
import { sourcesOf, tellingOf } from './rows-telling.js';
import { amendmentsOf, faceTeller, isAnnounced, isOfType, termsOf, type Terms, type Told } from './rows-terms.js';

type Announced = DataOf<'pledge.announced'>;

const asJson = (value: unknown): Json => value as Json;

const isItemized = isOfType<DataOf<'pledge.itemized'>>('litopys.pledge.itemized.v1');
const isRestated = isOfType<DataOf<'pledge.restated'>>('litopys.pledge.restated.v1');
const isCancelled = isOfType<DataOf<'pledge.cancelled'>>('litopys.pledge.cancelled.v1');

/** What happened decides, not when we learnt it: by fold day, then known since as mended, then version. */
function inFoldOrder(a: ToldEvent, b: ToldEvent): number {
  const [dayA, dayB] = [edtfBounds(a.data.occurred).foldDay, edtfBounds(b.data.occurred).foldDay];
  if (dayA !== dayB) return dayA < dayB ? -1 : 1;
  if (a.knownSince !== b.knownSince) return a.knownSince < b.knownSince ? -1 : 1;
  return a.event.version - b.event.version;
}

/** A second announcement, and what is said again: neither counts. */
function restatementsOf(events: readonly ToldEvent[], opening: ToldEvent | undefined): Json {
  return events
    .filter((one) => one !== opening)
    .flatMap((one) => {
      if (!isRestated(one) && !isAnnounced(one)) return [];
      const { money, newness } = one.data;
      return [{ ...tellingOf(one), ...(money && { money: asJson(money) }), ...(newness && { newness }) }];
    });
}

const linesIn = (one: ToldEvent): readonly Line[] =>
  isItemized(one) || isAnnounced(one) ? (one.data.lines ?? []) : [];

/** @param face the event that told the face: what came before it speaks of a former one */
function itemizationsOf(events: readonly ToldEvent[], face: ToldEvent | undefined): Json {
  const told = face ? events.indexOf(face) : 0;
  return events.flatMap((one, at) => {
    const lines = linesIn(one).map(({ id }) => id);
    return lines.length === 0 ? [] : [{ ...tellingOf(one), lines, ...(at < told && { former_face: true }) }];
  });
}

/** The first cancellation; one that is told after it changes nothing more. */
function cancellationOf(events: readonly ToldEvent[]): { readonly on: Day | null; readonly body: Json } {
  const first = events.find(isCancelled);
  if (!first) return { on: null, body: null };
  const { reason } = first.data;
  return {
    on: edtfBounds(first.data.occurred).to ?? 'infinity',
    body: { ...tellingOf(first), ...(reason && { reason }) },
  };
}

function lineRow(version: number, line: Line, place: number): ViewRow {
  return {
    table: 'pledge_lines',
    version,
    key: line.id,
    columns: {
      place,
      label: line.label,
      category: line.category,
      instrument: line.instrument ?? null,
      within: line.within ?? null,
      money: asJson(line.money ?? null),
      body: asJson({ ...(line.quantities && { quantities: line.quantities }), ...(line.due && { due: line.due }) }),
    },
  };
}

const lineRows = (events: readonly ToldEvent[]): ViewRow[] =>
  events
    .flatMap((one) => linesIn(one).map((line) => ({ line, version: one.event.version })))
    .map(({ line, version }, place) => lineRow(version, line, place));

const partiesWith = (data: Announced | undefined, role: string): string[] =>
  (data?.parties ?? []).filter((party) => party.role === role).map((party) => party.id);

function stateColumns(opening: Told<Announced> | undefined, terms: Terms): Record<string, Json> {
  const data = opening?.data;
  return {
    title: data?.title ?? null,
    opening_version: opening?.event.version ?? null,
    opening_position: opening?.event.position ?? null,
    known_since: opening?.knownSince ?? null,
    occurred: data?.occurred ?? null,
    occurred_from: data ? (edtfBounds(data.occurred).from ?? '-infinity') : null,
    donors: partiesWith(data, 'donor'),
    beneficiaries: partiesWith(data, 'beneficiary'),
    scope: terms.scope ?? 'whole',
    instrument: terms.instrument ?? 'unstated',
    category: terms.category ?? null,
    money: terms.money ?? null,
  };
}

/** The fold: the opening is the first unretracted announcement; the rest follows, each in fold order. */
function rowsAt(stream: readonly MendedEvent[], day: Day): ViewRow[] {
  const known = stream.flatMap((mended) => tellAt(mended, day) ?? []).filter((one) => !one.retracted);
  if (known.length === 0) return [];
  const ordered = known.toSorted(inFoldOrder);
  const opening = ordered.find(isAnnounced);
  const events = opening ? [opening, ...ordered.filter((one) => one !== opening)] : ordered;
  const terms = termsOf(opening, events);
  const { scope: _s, instrument: _i, category: _c, money, ...words } = terms;
  const face = money === undefined ? undefined : faceTeller(opening, events);
  const cancellation = cancellationOf(events);
  const state: ViewRow = {
    table: 'pledges',
    version: 0,
    key: '',
    columns: {
      ...stateColumns(opening, terms),
      cancelled: cancellation.on,
      body: {
        ...words,
        citations: opening ? sourcesOf(opening) : [],
        restatements: restatementsOf(events, opening),
        itemizations: itemizationsOf(events, face),
        amendments: amendmentsOf(events),
        ...(face && { face: { event: nameOf(face.event) } }),
        ...(cancellation.body && { cancellation: cancellation.body }),
      },
    },
  };
  return [state, ...lineRows(events)];
}

/** Rows of the tables `pledges` and `pledge_lines`: a promise and its lines, folded from its whole stream. Pure. */
export function pledgeRows(events: readonly StreamEvent[], since?: Since): KnownRow[] {
  const stream = mend(events);
  const days = [...new Set(stream.flatMap(daysOfEffect))].filter((day) => !since || day >= since.day).sort();
  return rowsOverDays(days, (day) => rowsAt(stream, day), since?.held);
}
