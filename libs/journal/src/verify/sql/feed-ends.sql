-- One statement, so that head and last event are of one moment. Index: the primary key (position), read from its end.
select
  h.journal_id::text as "journalId",
  h.position::float8 as "position",
  encode(h.chain_hash, 'hex') as "chainHash",
  coalesce((select max(e.position) from :feed.events e), 0)::float8 as "lastPosition"
from :feed.head h
