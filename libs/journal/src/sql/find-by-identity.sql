-- Index: (source, id).
select :row
from :feed.events
where source = $1
  and id = $2
  and position <= (select h.position from :feed.head h)
