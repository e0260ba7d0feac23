-- Index: (stream, version).
select e.position::float8 as "position"
from :feed.events e
where e.stream = $1
  and e.version = $2
  and e.position <> $3
order by e.position
limit 1
