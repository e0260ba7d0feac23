-- Columns as they are stored: whoever reads them makes their texts, so that the server does not. COPY takes no
-- parameters: the positions are put in as numbers, and what stands for the data. Index: the primary key (position); ties, which only a broken key
-- lets in, come in a fixed order.
copy (
  select
    e.position, e.stream, e.version, e.source, e.id, e.fingerprint, e.type, e.dataschema, e.time, e.known_since,
    e.known_basis, e.actor, e.correlation_id, e.causation_id, e.recorded_at, :data, e.data_hash, e.chain_hash
  from :feed.events e
  where e.position between :first and :last
  order by e.position, e.chain_hash
) to stdout (format binary)
