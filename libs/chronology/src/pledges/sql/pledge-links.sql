-- By entry_refs_event and entries_event. $4: the relations that say whose money it is. What a transfer tells is of a draw.
select r.stream, r.version, r.relation, r.target_stream as target, e.known_since as "knownSince", e.position, r.body
from entry_refs r
join entries e on e.stream = r.stream and e.version = r.version and :at(e)
where :at(r) and r.stream = any ($3) and r.relation = any ($4) and r.type like 'pledge.%'
order by r.stream, r.version, r.key::integer
