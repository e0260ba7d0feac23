-- By the index on (recorded_at, position), from both sides of the time; recorded_at never falls as positions rise. The
-- last position recorded by a time, and whether a later one is projected.
select
  coalesce(
    (
      select position
      from :feed.events
      where recorded_at <= $1 and position + 0 <= $2
      order by recorded_at desc, position desc
      limit 1
    ),
    0
  )::float8 as position,
  coalesce(
    (select position from :feed.events where recorded_at > $1 order by recorded_at, position limit 1) <= $2,
    false
  ) as passed
