-- Index: (stream, version). The order of streams does not depend on the database's locale.
select :row
from :feed.events
where stream = any($1::text[])
  and position <= (select least(h.position, $2) from :feed.head h)
order by stream collate "C", version
