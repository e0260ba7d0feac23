insert into raw (
  position, stream, version, source, id, fingerprint, type, dataschema, time, known_since, known_basis, actor,
  correlation_id, causation_id, recorded_at, data, data_hash, chain_hash
)
select
  nextval('raw_position'), stream, 1, source, id, hash, type, dataschema, time, known_since, known_basis, actor,
  correlation_id, causation_id, clock_timestamp(), data, hash, hash
from unnest(
  $1::text[], $2::text[], $3::text[], $4::bytea[], $5::text[], $6::text[], $7::timestamptz[], $8::date[], $9::text[],
  $10::text[], $11::text[], $12::text[], $13::text[]
) as given (
  stream, source, id, hash, type, dataschema, time, known_since, known_basis, actor, correlation_id, causation_id, data
)
