import {
  daysOfEffect,
  edtfBounds,
  kindOf,
  mend,
  rowsOverDays,
  shortType,
  splitName,
  tellAt,
  type Json,
  type KnownRow,
  type MendedEvent,
  type Ref,
  type StreamEvent,
  type ToldEvent,
  type ViewRow,
} from '#libs/contracts';

/** Words that `q` finds an entry by: what it is called, who and where, and what was said. */
function searchText(data: ToldEvent['data']): string {
  const translations = Object.values(data.translations ?? {}).flatMap((one) => [one.title, one.summary ?? '']);
  return [
    data.title,
    data.summary ?? '',
    ...translations,
    ...(data.parties ?? []).map((party) => party.name),
    ...(data.places ?? []),
    ...(data.quotes ?? []).map((quote) => quote.text),
    ...(data.tags ?? []),
  ]
    .filter((part) => part !== '')
    .join('\n');
}

/** A dispute of the entry, or the end of one, as the record tells it. */
const disputeOf = ({ version, knownSince, type, data }: ToldEvent['disputes'][number]): Json => {
  const { about: _about, known_since: _knownSince, known_basis: _basis, ...rest } = data;
  return {
    record: version,
    type: shortType(type),
    known_since: knownSince,
    ...(rest as unknown as Record<string, Json>),
  };
};

/** The data as told, without what the entry's own columns say. */
function bodyOf(told: ToldEvent): Json {
  const { slug: _slug, occurred: _occurred, known_since: _knownSince, known_basis: _basis, ...rest } = told.data;
  return {
    ...(rest as unknown as Record<string, Json>),
    records: [...told.records],
    findings: told.findings.map((finding) => ({ ...finding })),
    ...(told.disputes.length > 0 && { disputes: told.disputes.map(disputeOf) }),
  };
}

function entryRow(told: ToldEvent): ViewRow {
  const { event, data } = told;
  const bounds = edtfBounds(data.occurred);
  return {
    table: 'entries',
    version: event.version,
    key: '',
    columns: {
      position: event.position,
      kind: kindOf(event.stream),
      type: shortType(event.type),
      occurred: data.occurred,
      occurred_from: bounds.from ?? '-infinity',
      occurred_to: bounds.to ?? 'infinity',
      occurred_day: bounds.foldDay,
      known_since: told.knownSince,
      recorded_at: event.recordedAt,
      parties: [...new Set((data.parties ?? []).flatMap((party) => [party.id, party.on_behalf_of ?? party.id]))],
      retracted: told.retracted,
      body: bodyOf(told),
      search: searchText(data),
    },
  };
}

function refRow({ event }: ToldEvent, ref: Ref, place: number): ViewRow {
  const target = splitName(ref.target);
  return {
    table: 'entry_refs',
    version: event.version,
    key: String(place),
    columns: {
      type: shortType(event.type),
      relation: ref.relation,
      target_stream: target.stream,
      target_version: target.version,
      body: ref,
    },
  };
}

/** A retracted entry stays, hidden by its flag; its relations go. */
function rowsAt(mended: MendedEvent, day: string): ViewRow[] {
  const told = tellAt(mended, day);
  if (!told) return [];
  const refs = told.retracted ? [] : (told.data.refs ?? []);
  return [entryRow(told), ...refs.map((ref, place) => refRow(told, ref, place))];
}

/** Rows of the tables `entries` and `entry_refs`: what each event says happened, with its records. Pure. */
export function entryRows(events: readonly StreamEvent[]): KnownRow[] {
  return mend(events).flatMap((mended) => rowsOverDays(daysOfEffect(mended), (day) => rowsAt(mended, day)));
}
