-- Index: (stream, version).
select :row
from :feed.events
where stream = $1
  and version = $2
  and position <= (select h.position from :feed.head h)
