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

type Announced = DataOf<'pledge.announced'>;
type Told<Data> = Omit<ToldEvent, 'data'> & { readonly data: Data };

const asJson = (value: unknown): Json => value as Json;

const isOfType =
  <Data>(type: string) =>
  (told: ToldEvent): told is ToldEvent & Told<Data> =>
    told.event.type === type;

const isAnnounced = isOfType<Announced>('litopys.pledge.announced.v1');
const isItemized = isOfType<DataOf<'pledge.itemized'>>('litopys.pledge.itemized.v1');
const isRestated = isOfType<DataOf<'pledge.restated'>>('litopys.pledge.restated.v1');

/** What happened decides, not when we learnt it: by fold day, then known since as mended, then version. */
function inFoldOrder(a: ToldEvent, b: ToldEvent): number {
  const [dayA, dayB] = [edtfBounds(a.data.occurred).foldDay, edtfBounds(b.data.occurred).foldDay];
  if (dayA !== dayB) return dayA < dayB ? -1 : 1;
  if (a.knownSince !== b.knownSince) return a.knownSince < b.knownSince ? -1 : 1;
  return a.event.version - b.event.version;
}

/** The source of a telling, and where it gives another value. */
const sourcesOf = (told: ToldEvent): Json =>
  told.data.citations.map((one) =>
    asJson({
      publisher: one.publisher,
      title: one.title,
      ...(one.url && { url: one.url }),
      ...(one.published && { published: one.published }),
      standing: one.standing,
      ...(one.says && { says: one.says }),
      ...(one.reported_as && { reported_as: one.reported_as }),
    }),
  );

const told = (one: ToldEvent): Record<string, Json> => ({
  event: nameOf(one.event),
  title: one.data.title,
  occurred: one.data.occurred,
  known_since: one.knownSince,
  citations: sourcesOf(one),
});

/** A second announcement, and what is said again: neither counts. */
function restatementsOf(events: readonly ToldEvent[], opening: ToldEvent | undefined): Json {
  return events
    .filter((one) => one !== opening)
    .flatMap((one) => {
      if (!isRestated(one) && !isAnnounced(one)) return [];
      const { money, newness } = one.data;
      return [{ ...told(one), ...(money && { money: asJson(money) }), ...(newness && { newness }) }];
    });
}

const itemizationsOf = (events: readonly ToldEvent[]): Json =>
  events.flatMap((one) => {
    const lines = isItemized(one) || isAnnounced(one) ? (one.data.lines ?? []) : [];
    return lines.length === 0 ? [] : [{ ...told(one), lines: lines.map((line) => line.id) }];
  });

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

function lineRows(events: readonly ToldEvent[]): ViewRow[] {
  const lines = events.flatMap((one) =>
    (isItemized(one) || isAnnounced(one) ? (one.data.lines ?? []) : []).map((line) => ({
      line,
      version: one.event.version,
    })),
  );
  return lines.map(({ line, version }, place) => lineRow(version, line, place));
}

const partiesWith = (data: Announced | undefined, role: string): string[] =>
  (data?.parties ?? []).filter((party) => party.role === role).map((party) => party.id);

/** The words of the promise that no column holds. */
function termsOf(data: Announced | undefined): Record<string, Json> {
  if (!data) return {};
  const { channel, newness, new_money, period, due, unlocks } = data;
  const terms = { channel, newness, new_money, period, due, unlocks };
  return Object.fromEntries(
    Object.entries(terms).flatMap(([key, value]) => (value === undefined ? [] : [[key, asJson(value)]])),
  );
}

function openingColumns(opening: Told<Announced> | undefined): Record<string, Json> {
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
    scope: data?.scope ?? 'whole',
    instrument: data?.instrument ?? 'unstated',
    category: data?.category ?? null,
    money: asJson(data?.money ?? null),
  };
}

/** The fold: the opening is the first unretracted announcement; the rest follows, each in fold order. */
function rowsAt(stream: readonly MendedEvent[], day: Day): ViewRow[] {
  const known = stream.flatMap((mended) => tellAt(mended, day) ?? []).filter((one) => !one.retracted);
  if (known.length === 0) return [];
  const ordered = known.toSorted(inFoldOrder);
  const opening = ordered.find(isAnnounced);
  const events = opening ? [opening, ...ordered.filter((one) => one !== opening)] : ordered;
  const state: ViewRow = {
    table: 'pledges',
    version: 0,
    key: '',
    columns: {
      ...openingColumns(opening),
      body: {
        ...termsOf(opening?.data),
        citations: opening ? sourcesOf(opening) : [],
        restatements: restatementsOf(events, opening),
        itemizations: itemizationsOf(events),
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
