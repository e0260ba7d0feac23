-- The rows that follow a position without a gap, at most $3 of them: where they end, and the first whose hashes do not
-- hold ($2: the chain hash before the first of them). Index: events_position (position).
with ahead as (
  select
    e as event,
    e.position - row_number() over (order by e.position) as gapless,
    lag(e.chain_hash, 1, decode($2, 'hex')) over (order by e.position) as previous
  from replica.events e
  where e.position > $1::bigint and e.position <= $1::bigint + $3::bigint
), run as (
  select
    (event).position,
    (event).chain_hash,
    (event).chain_hash = replica.chain_hash_of(previous, event) as chain_holds,
    (event).data_hash = sha256(convert_to((event).data, 'UTF8')) as data_holds
  from ahead
  where gapless = $1::bigint
)
select
  max(position) as position,
  encode((array_agg(chain_hash order by position desc))[1], 'hex') as chain_hash,
  min(position) filter (where not chain_holds) as broken_chain,
  min(position) filter (where not data_holds) as wrong_data
from run
