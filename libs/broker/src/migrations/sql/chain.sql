-- The chain hash, exactly as the journal computes it (libs/journal). The replica may stand in a database of its own,
-- hence functions of its own; they are plain expressions, so that the planner puts them in place.

-- A value behind its length in bytes (4 bytes, big-endian); NULL as length -1 and no bytes.
create function replica.framed(value text) returns bytea
language sql stable
return coalesce(int4send(octet_length(value)) || convert_to(value, 'UTF8'), '\xffffffff'::bytea);

create function replica.iso_time(value timestamptz) returns text
language sql stable
return to_char(value at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"');

-- Every column but data and chain_hash, in table order, behind the chain hash before it.
create function replica.chain_hash_of(previous bytea, event replica.events) returns bytea
language sql stable
return sha256(
  previous
  || replica.framed(event.position::text)
  || replica.framed(event.stream)
  || replica.framed(event.version::text)
  || replica.framed(event.source)
  || replica.framed(event.id)
  || replica.framed(encode(event.fingerprint, 'hex'))
  || replica.framed(event.type)
  || replica.framed(event.dataschema)
  || replica.framed(replica.iso_time(event.time))
  || replica.framed(to_char(event.known_since, 'YYYY-MM-DD'))
  || replica.framed(event.known_basis)
  || replica.framed(event.actor)
  || replica.framed(event.correlation_id)
  || replica.framed(event.causation_id)
  || replica.framed(replica.iso_time(event.recorded_at))
  || replica.framed(encode(event.data_hash, 'hex'))
);
