-- By draws_pledge, then entry_refs_event, entry_refs_target and draws_event: the draws on these promises, and those that
-- same-as makes one movement with them, from whichever side it is told.
with recursive movement (stream, version) as (
  select d.stream, d.version
  from draws d
  where :at(d) and d.pledge = any ($3)
  union
  select next.stream, next.version
  from movement m
  cross join lateral (
    select t.stream, t.version
    from entry_refs r
    join draws t on t.stream = r.target_stream and (t.version = r.target_version or r.target_version is null) and :at(t)
    where :at(r) and r.stream = m.stream and r.version = m.version and r.relation = 'same-as'
      and (r.target_version is not null or r.target_stream like 'transfer/%')
    union all
    select r.stream, r.version
    from entry_refs r
    where :at(r) and r.target_stream = m.stream and r.relation = 'same-as' and r.type like 'transfer.%'
      and (r.target_version = m.version or (r.target_version is null and r.target_stream like 'transfer/%'))
  ) next
)
select d.stream, d.version, d.key, d.position, d.stage, d.pledge, d.line, d.counts_as as "countsAs", d.side, d.handover,
  d.completes, d.occurred, d.known_since as "knownSince", d.money, d.body
from movement m
join draws d on d.stream = m.stream and d.version = m.version and :at(d)
order by d.position, d.key
