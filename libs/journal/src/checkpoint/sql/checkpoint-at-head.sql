-- One statement, so that head and last event are of one moment. Index: the primary key (position).
select
  h.position::float8 as "position",
  encode(h.chain_hash, 'hex') as "headHash",
  encode(e.chain_hash, 'hex') as "chainHash",
  to_char(e.recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "recordedAt"
from :feed.head h
left join :feed.events e on e.position = h.position
