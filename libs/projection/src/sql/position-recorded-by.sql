-- By the index on (recorded_at, position): the last position recorded by a time, and whether a later one is projected.
select coalesce(max(position), 0) as position,
  exists (select from :feed.events where recorded_at > $1 and position <= $2) as passed
from :feed.events
where recorded_at <= $1 and position <= $2
