create type journal.verdict as (
  verdict text,
  position bigint,
  version integer,
  recorded_at timestamptz(3)
);

-- Appends what may be appended, and answers a verdict a request, in the order of the requests:
--   appended       the event stands, there
--   duplicate      it stood already (same source, id and fingerprint), there
--   conflict       another event stands under that source and id, there
--   wrong-version  the stream is not at the expected version but at that one
-- An expected version of null asks for no check. Verdicts are rows, so one bad request never spoils its neighbours.
--
-- VOLATILE: under READ COMMITTED each statement below sees what was committed before it, so those after the lock see
-- every earlier append. (Under a stricter level the lock fails where the head has moved since the snapshot.)
-- Every look-up is of one row by a unique index; the settings hold a session to such plans, also to those it made while
-- the table was small.
create function journal.append(
  streams text[],
  expected_versions integer[],
  sources text[],
  ids text[],
  fingerprints text[],
  types text[],
  dataschemas text[],
  times timestamptz[],
  known_since date[],
  known_bases text[],
  actors text[],
  correlation_ids text[],
  causation_ids text[],
  data text[]
) returns setof journal.verdict
language plpgsql volatile security definer
set search_path = pg_catalog, journal, pg_temp
set enable_seqscan = off
set plan_cache_mode = force_generic_plan
as $$
declare
  head journal.head;
  request record;
  event journal.events;
  twin journal.events;
  appended journal.events[];
  count integer := 0;
  -- What this call has appended so far: where in `appended` an identity's event is, and the version a stream has come
  -- to; each by the number of the first request of that identity, of that stream.
  own_event integer[];
  own_version integer[];
begin
  select * into strict head from journal.head for update;
  head.recorded_at := greatest(date_trunc('milliseconds', clock_timestamp()), head.recorded_at);
  event.recorded_at := head.recorded_at;

  for request in
    -- Indexes: events_identity (source, id); events_version (stream, version), read from its end.
    select
      r.*,
      min(r.number) over (partition by r.source, r.id) as identity_number,
      min(r.number) over (partition by r.stream) as stream_number,
      standing.fingerprint as standing_fingerprint,
      standing.position as standing_position,
      standing.version as standing_version,
      standing.recorded_at as standing_recorded_at,
      coalesce(latest.version, 0) as latest_version
    from unnest(
      streams, expected_versions, sources, ids, fingerprints, types, dataschemas, times, append.known_since,
      known_bases, actors, correlation_ids, causation_ids, append.data
    ) with ordinality as r (
      stream, expected_version, source, id, fingerprint, type, dataschema, time, known_since,
      known_basis, actor, correlation_id, causation_id, data, number
    )
    left join journal.events standing on standing.source = r.source and standing.id = r.id
    left join lateral (
      select e.version from journal.events e where e.stream = r.stream order by e.version desc limit 1
    ) latest on true
    order by r.number
  loop
    -- Identity before version: a repeat is answered as it was first, however far its stream has come since.
    if own_event[request.identity_number] is not null then
      twin := appended[own_event[request.identity_number]];
      request.standing_fingerprint := twin.fingerprint;
      request.standing_position := twin.position;
      request.standing_version := twin.version;
      request.standing_recorded_at := twin.recorded_at;
    end if;
    if request.standing_position is not null then
      return next row(
        case when request.standing_fingerprint = decode(request.fingerprint, 'hex') then 'duplicate' else 'conflict' end,
        request.standing_position, request.standing_version, request.standing_recorded_at
      )::journal.verdict;
      continue;
    end if;

    event.version := coalesce(own_version[request.stream_number], request.latest_version);
    if request.expected_version <> event.version then
      return next row('wrong-version', null, event.version, null)::journal.verdict;
      continue;
    end if;

    event.position := head.position + 1;
    event.stream := request.stream;
    event.version := event.version + 1;
    event.source := request.source;
    event.id := request.id;
    event.fingerprint := decode(request.fingerprint, 'hex');
    event.type := request.type;
    event.dataschema := request.dataschema;
    event.time := request.time;
    event.known_since := request.known_since;
    event.known_basis := request.known_basis;
    event.actor := request.actor;
    event.correlation_id := request.correlation_id;
    event.causation_id := request.causation_id;
    event.data := request.data;
    event.data_hash := sha256(convert_to(request.data, 'UTF8'));
    if count = 0 then
      -- Index: branches_pkey (from_position). A journal id begins at the first event of a call or not at all: whoever
      -- makes one moves the head, under the same lock.
      select journal.first_previous(head.chain_hash, b.journal_id) into event.chain_hash
      from journal.branches b where b.from_position = event.position;
      head.chain_hash := coalesce(event.chain_hash, head.chain_hash);
    end if;
    event.chain_hash := journal.chain_hash_of(head.chain_hash, event);

    count := count + 1;
    appended[count] := event;
    own_event[request.identity_number] := count;
    own_version[request.stream_number] := event.version;
    head.position := event.position;
    head.chain_hash := event.chain_hash;
    return next row('appended', event.position, event.version, event.recorded_at)::journal.verdict;
  end loop;

  if count > 0 then
    insert into journal.events select * from unnest(appended);
    update journal.head h
    set position = head.position, chain_hash = head.chain_hash, recorded_at = head.recorded_at;
    perform pg_notify('litopys_journal', head.position::text);
  end if;
end
$$;
