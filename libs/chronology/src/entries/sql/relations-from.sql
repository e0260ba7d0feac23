-- By entry_refs_event: what an event ($4), or any of its stream's, tells of others. The other side by entries_event:
-- the event that is named, or the opening ($5: the types that open a stream) of the stream that is, else its first.
select r.version, r.relation, r.body, t.version as "titleVersion", t.title
from entry_refs r
left join lateral (
  select e.version, e.body ->> 'title' as title
  from entries e
  where e.stream = r.target_stream and (r.target_version is null or e.version = r.target_version)
    and not e.retracted and :at(e)
  order by (e.type = any ($5)) desc, e.occurred_day, e.known_since, e.version
  limit 1
) t on true
where :at(r) and r.stream = $3 and ($4::integer is null or r.version = $4)
order by r.version, r.key::integer
