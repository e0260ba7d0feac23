-- By entry_refs_event. $4: the relations that say whose money it is.
select r.stream, r.version, r.relation, r.target_stream as target, r.body
from entry_refs r
where :at(r) and r.stream = any ($3) and r.relation = any ($4)
order by r.stream, r.version, r.key::integer
