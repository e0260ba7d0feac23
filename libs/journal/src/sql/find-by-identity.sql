-- Index: (source, id).
select :row
from :feed.events e
where e.source = $1
  and e.id = $2
  and e.position + 0 <= (select h.position from :feed.head h)
