-- Index: the primary key (position), in its order: a bare `position` would sort by the number that the row gives. Nothing
-- beyond the head is read: up to there a replica has no gap.
select :row
from :feed.events
where position > $1
  and position <= (select least(h.position, $2) from :feed.head h)
  and (hashtextextended(stream, 0) & 9223372036854775807) % $4 = $3
order by events.position
limit $5
