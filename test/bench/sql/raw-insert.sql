insert into raw (
  position, stream, version, source, id, fingerprint, type, dataschema, time, known_since, known_basis, actor,
  correlation_id, causation_id, recorded_at, data, data_hash, chain_hash
)
values (nextval('raw_position'), $1, 1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, clock_timestamp(), $13, $4, $4)
