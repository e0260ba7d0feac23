-- Index: (recorded_at, position), read from its end; recorded_at never falls as positions rise.
select position::float8 as "position"
from :feed.events
where recorded_at <= $1
  and position <= (select h.position from :feed.head h)
order by recorded_at desc, position desc
limit 1
