-- Index: events_position (position).
select e.position, encode(e.chain_hash, 'hex') as chain_hash
from journal.events e
where e.position = any($1::bigint[])
