create type journal.verdict as (
  verdict text,
  position bigint,
  version integer,
  recorded_at timestamptz(3)
);

-- Appends what may be appended, and answers a verdict a request, in the order of the requests:
--   appended       the event stands, there
--   duplicate      it stood already (same source, id and fingerprint), there
--   conflict       another event stands under that source and id, there (nowhere, where it is withheld itself)
--   wrong-version  the stream is not at the expected version but at that one
--   withheld       nothing speaks against it, but something does against another of its batch
-- An expected version of null asks for no check. Where a request was decided beside another that was not there yet, the
-- version alone would not tell whether it is that one which came to stand there: `after` names the event that the stream
-- must end with. Verdicts are rows, so one bad request never spoils its neighbours.
-- Requests that stand next to each other under the same number in `batches` are appended all or none; a duplicate among
-- them is no hindrance.
--
-- VOLATILE: under READ COMMITTED each statement below sees what was committed before it, so those after the lock see
-- every earlier append. (Under a stricter level the lock fails where the head has moved since the snapshot.)
-- Every look-up is of one row by a unique index; the settings hold a session to such plans, also to those it made while
-- the table was small. The client's encoding decides what bytes the chain hash is of, hence it is set too.
create function journal.append(
  batches integer[],
  streams text[],
  expected_versions integer[],
  after_sources text[],
  after_ids text[],
  sources text[],
  ids text[],
  fingerprints bytea[],
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
set client_encoding = 'UTF8'
set enable_seqscan = off
set plan_cache_mode = force_generic_plan
as $$
declare
  head journal.head;
  request record;
  event journal.events;
  twin journal.events;
  last journal.events;
  verdict journal.verdict;
  verdicts journal.verdict[];
  appended journal.events[];
  count integer := 0;
  -- Where in `appended` an identity's event is, and a stream's last one; each by the number of the first request of that
  -- identity, of that stream.
  own_event integer[];
  own_last integer[];
  -- The other way round, for the events of a batch that is taken back: their identity, their stream, and the one before.
  identity_of integer[];
  stream_of integer[];
  before integer[];
  -- Where the call stood when the batch began.
  batch_fails boolean := false;
  batch_first integer := 1;
  batch_count integer := 0;
  batch_head journal.head;
begin
  select * into strict head from journal.head for update;
  head.recorded_at := greatest(date_trunc('milliseconds', clock_timestamp()), head.recorded_at);
  event.recorded_at := head.recorded_at;
  batch_head := head;

  for request in
    -- Indexes: events_identity (source, id); events_version (stream, version), read from its end.
    select
      r.number,
      r.expected_version,
      r.identity_number,
      r.stream_number,
      r.ends_batch,
      standing.fingerprint as standing_fingerprint,
      standing.position as standing_position,
      standing.version as standing_version,
      standing.recorded_at as standing_recorded_at,
      coalesce(latest.version, 0) as latest_version,
      latest.source as latest_source,
      latest.id as latest_id
    from (
      select
        asked.*,
        min(number) over (partition by source, id) as identity_number,
        min(number) over (partition by stream) as stream_number,
        batch is distinct from lead(batch) over (order by number) as ends_batch
      from unnest(batches, streams, expected_versions, sources, ids) with ordinality
        as asked (batch, stream, expected_version, source, id, number)
    ) r
    left join journal.events standing on standing.source = r.source and standing.id = r.id
    left join lateral (
      select e.version, e.source, e.id from journal.events e where e.stream = r.stream order by e.version desc limit 1
    ) latest on true
    order by r.number
  loop
    event.fingerprint := fingerprints[request.number];
    if own_last[request.stream_number] is not null then
      last := appended[own_last[request.stream_number]];
      request.latest_version := last.version;
      request.latest_source := last.source;
      request.latest_id := last.id;
    end if;
    -- Identity before version: a repeat is answered as it was first, however far its stream has come since.
    if own_event[request.identity_number] is not null then
      twin := appended[own_event[request.identity_number]];
      verdict := row(
        case when twin.fingerprint = event.fingerprint then 'duplicate' else 'conflict' end,
        twin.position, twin.version, twin.recorded_at
      );
    elsif request.standing_position is not null then
      verdict := row(
        case when request.standing_fingerprint = event.fingerprint then 'duplicate' else 'conflict' end,
        request.standing_position, request.standing_version, request.standing_recorded_at
      );
    elsif request.expected_version <> request.latest_version
      or after_ids[request.number] is not null and (
        after_ids[request.number] is distinct from request.latest_id
        or after_sources[request.number] is distinct from request.latest_source
      ) then
      verdict := row('wrong-version', null, request.latest_version, null);
    else
      event.position := head.position + 1;
      event.stream := streams[request.number];
      event.version := request.latest_version + 1;
      event.source := sources[request.number];
      event.id := ids[request.number];
      event.type := types[request.number];
      event.dataschema := dataschemas[request.number];
      event.time := times[request.number];
      event.known_since := known_since[request.number];
      event.known_basis := known_bases[request.number];
      event.actor := actors[request.number];
      event.correlation_id := correlation_ids[request.number];
      event.causation_id := causation_ids[request.number];
      event.data := data[request.number];
      event.data_hash := sha256(convert_to(event.data, 'UTF8'));
      if count = 0 then
        -- Index: branches_pkey (from_position). A journal id begins at the first event of a call or not at all: whoever
        -- makes one moves the head, under the same lock.
        select journal.first_previous(head.chain_hash, b.journal_id) into event.chain_hash
        from journal.branches b where b.from_position = event.position;
        head.chain_hash := coalesce(event.chain_hash, head.chain_hash);
      end if;
      event.chain_hash := journal.chain_hash_of(head.chain_hash, event);
      head.position := event.position;
      head.chain_hash := event.chain_hash;

      count := count + 1;
      appended[count] := event;
      identity_of[count] := request.identity_number;
      stream_of[count] := request.stream_number;
      before[count] := own_last[request.stream_number];
      own_event[request.identity_number] := count;
      own_last[request.stream_number] := count;
      verdict := row('appended', event.position, event.version, event.recorded_at);
    end if;
    verdicts[request.number] := verdict;
    batch_fails := batch_fails or verdict.verdict in ('conflict', 'wrong-version');

    if request.ends_batch then
      if batch_fails and count > batch_count then
        for number in batch_first .. request.number loop
          if verdicts[number].position > batch_head.position then
            verdicts[number] := row(
              case when verdicts[number].verdict = 'conflict' then 'conflict' else 'withheld' end, null, null, null
            );
          end if;
        end loop;
        for number in reverse count .. batch_count + 1 loop
          own_event[identity_of[number]] := null;
          own_last[stream_of[number]] := before[number];
        end loop;
        count := batch_count;
        head := batch_head;
      end if;
      batch_fails := false;
      batch_first := request.number + 1;
      batch_count := count;
      batch_head := head;
    end if;
  end loop;

  if count > 0 then
    insert into journal.events select * from unnest(appended[:count]);
    update journal.head h
    set position = head.position, chain_hash = head.chain_hash, recorded_at = head.recorded_at;
    perform pg_notify('litopys_journal', head.position::text);
  end if;
  return query select * from unnest(verdicts);
end
$$;
