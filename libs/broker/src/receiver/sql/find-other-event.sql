-- The first of the arrived positions at which the replica holds another event. Index: events_position (position).
select e.position
from unnest($1::bigint[], $2::text[], $3::text[]) as arrived (position, data_hash, chain_hash)
join replica.events e on e.position = arrived.position
where e.data_hash <> decode(arrived.data_hash, 'hex') or e.chain_hash <> decode(arrived.chain_hash, 'hex')
order by e.position
limit 1
