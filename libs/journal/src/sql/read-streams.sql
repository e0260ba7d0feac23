-- Index: (stream, version). `+ 0` keeps the planner from reading every position up to the head out of the primary key.
-- The order of streams does not depend on the database's locale.
select :row
from :feed.events e
where e.stream = any($1::text[])
  and e.position + 0 <= (select least(h.position, $2) from :feed.head h)
order by e.stream collate "C", e.version
