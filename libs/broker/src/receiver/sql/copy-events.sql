-- Fails as a whole (23505) when one position stands already; then insert-missing-events.sql.
copy replica.events (
  position, stream, version, source, id, fingerprint, type, dataschema, time, known_since, known_basis, actor,
  correlation_id, causation_id, recorded_at, data, data_hash, chain_hash
) from stdin
