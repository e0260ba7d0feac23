-- Index: (stream, version).
select position::float8 as "position"
from :feed.events
where stream = $1
  and version = $2
  and position <> $3
order by position
limit 1
