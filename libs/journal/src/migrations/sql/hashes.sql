-- The chain hash, exactly as libs/journal/src/hashes.ts computes it. These functions are plain expressions without
-- settings of their own, so that the planner puts them in place instead of calling them.

-- A value behind its length in bytes (4 bytes, big-endian); NULL as length -1 and no bytes.
create function journal.framed(value text) returns bytea
language sql stable
return coalesce(int4send(octet_length(value)) || convert_to(value, 'UTF8'), '\xffffffff'::bytea);

create function journal.iso_time(value timestamptz) returns text
language sql stable
return to_char(value at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"');

-- What the first event under a journal id takes as the chain hash before it.
create function journal.first_previous(before bytea, journal_id uuid) returns bytea
language sql stable
return sha256(coalesce(before, ''::bytea) || convert_to(journal_id::text, 'UTF8'));

-- Every column but data and chain_hash, in table order, behind the chain hash before it.
create function journal.chain_hash_of(previous bytea, event journal.events) returns bytea
language sql stable
return sha256(
  previous
  || journal.framed(event.position::text)
  || journal.framed(event.stream)
  || journal.framed(event.version::text)
  || journal.framed(event.source)
  || journal.framed(event.id)
  || journal.framed(encode(event.fingerprint, 'hex'))
  || journal.framed(event.type)
  || journal.framed(event.dataschema)
  || journal.framed(journal.iso_time(event.time))
  || journal.framed(to_char(event.known_since::timestamp, 'YYYY-MM-DD'))
  || journal.framed(event.known_basis)
  || journal.framed(event.actor)
  || journal.framed(event.correlation_id)
  || journal.framed(event.causation_id)
  || journal.framed(journal.iso_time(event.recorded_at))
  || journal.framed(encode(event.data_hash, 'hex'))
);
