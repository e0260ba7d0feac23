-- Index: (recorded_at, position), read from its end; recorded_at never falls as positions rise.
select e.position::float8 as "position"
from :feed.events e
where e.recorded_at <= $1
  and e.position + 0 <= (select h.position from :feed.head h)
order by e.recorded_at desc, e.position desc
limit 1
