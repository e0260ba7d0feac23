-- Index: (stream, version).
select :row
from :feed.events e
where e.stream = $1
  and e.version = $2
  and e.position + 0 <= (select h.position from :feed.head h)
