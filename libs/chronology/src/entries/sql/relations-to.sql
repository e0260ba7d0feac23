-- By entry_refs_target: what points at this event ($4) or at its whole stream; at any of its events where $4 is null.
select r.relation, r.stream, r.version, r.body, e.occurred, e.body ->> 'title' as title
from entry_refs r
join entries e on e.stream = r.stream and e.version = r.version and not e.retracted and :at(e)
where :at(r) and r.target_stream = $3 and ($4::integer is null or r.target_version is null or r.target_version = $4)
order by e.occurred_day, e.position, r.key::integer
