-- Index: (source, id).
select :row
from :feed.events e
where (e.source, e.id) in (select * from unnest($1::text[], $2::text[]))
  and e.position + 0 <= (select h.position from :feed.head h)
