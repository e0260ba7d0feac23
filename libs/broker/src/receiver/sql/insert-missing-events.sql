-- Index: events_position (position).
insert into replica.events (
  position, stream, version, source, id, fingerprint, type, dataschema, time, known_since, known_basis, actor,
  correlation_id, causation_id, recorded_at, data, data_hash, chain_hash
)
select
  position, stream, version, source, id, decode(fingerprint, 'hex'), type, dataschema, time, known_since, known_basis,
  actor, correlation_id, causation_id, recorded_at, data, decode(data_hash, 'hex'), decode(chain_hash, 'hex')
from unnest(
  $1::bigint[], $2::text[], $3::integer[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
  $9::timestamptz[], $10::date[], $11::text[], $12::text[], $13::text[], $14::text[], $15::timestamptz[], $16::text[],
  $17::text[], $18::text[]
) as arrived (
  position, stream, version, source, id, fingerprint, type, dataschema, time, known_since, known_basis, actor,
  correlation_id, causation_id, recorded_at, data, data_hash, chain_hash
)
on conflict (position) do nothing
