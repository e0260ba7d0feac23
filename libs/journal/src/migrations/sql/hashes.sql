-- The chain hash, exactly as libs/journal/src/hashes.ts computes it. These functions are plain expressions without
-- settings of their own, so that the planner puts them in place instead of calling them.

create function journal.iso_time(value timestamptz) returns text
language sql stable
return to_char(value at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"');

-- What the first event under a journal id takes as the chain hash before it.
create function journal.first_previous(before bytea, journal_id uuid) returns bytea
language sql stable
return sha256(coalesce(before, ''::bytea) || convert_to(journal_id::text, 'UTF8'));

-- Every column but data and chain_hash, in table order, behind the chain hash before it: each as UTF-8 behind its length in
-- bytes (4 bytes, big-endian), NULL as length -1. That is how PostgreSQL sends the elements of an array of texts, behind
-- 20 bytes of a header, to a client whose encoding is UTF8; at half the cost of putting them together one by one.
create function journal.chain_hash_of(previous bytea, event journal.events) returns bytea
language sql stable
return sha256(previous || substring(array_send(array[
  event.position::text,
  event.stream,
  event.version::text,
  event.source,
  event.id,
  encode(event.fingerprint, 'hex'),
  event.type,
  event.dataschema,
  journal.iso_time(event.time),
  to_char(event.known_since::timestamp, 'YYYY-MM-DD'),
  event.known_basis,
  event.actor,
  event.correlation_id,
  event.causation_id,
  journal.iso_time(event.recorded_at),
  encode(event.data_hash, 'hex')
]) from 21));
