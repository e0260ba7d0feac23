insert into entries (stream, version, position, kind, type, occurred, occurred_day, known_since, recorded_at, parties, body, search)
select stream, version, position, kind, type, occurred, occurred_day, known_since, recorded_at,
  string_to_array(parties, ' '), body, search
from unnest(
  $1::text[], $2::integer[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::date[], $8::date[],
  $9::timestamptz[], $10::text[], $11::jsonb[], $12::text[]
) as given (stream, version, position, kind, type, occurred, occurred_day, known_since, recorded_at, parties, body, search)
on conflict (stream, version) do nothing
