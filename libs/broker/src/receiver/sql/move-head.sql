with moved as (
  update replica.head
  set journal_id = $1::uuid, position = $2::bigint, chain_hash = decode($3, 'hex')
)
select pg_notify('litopys_replica', $2::text)
