-- By entry_refs_event: which of these events ($3 streams, $4 versions) say that another tells the same.
select r.stream, r.version, r.target_stream as "targetStream", r.target_version as "targetVersion"
from unnest($3::text[], $4::integer[]) as told (stream, version)
join entry_refs r on r.stream = told.stream and r.version = told.version and r.relation = 'same-as' and :at(r)
order by r.stream, r.version, r.key::integer
