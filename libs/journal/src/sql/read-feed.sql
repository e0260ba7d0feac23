-- Index: the primary key (position). Nothing beyond the head is read: up to there a replica has no gap.
select :row
from :feed.events e
where e.position > $1
  and e.position <= (select least(h.position, $2) from :feed.head h)
  and (hashtextextended(e.stream, 0) & 9223372036854775807) % $4 = $3
order by e.position
limit $5
