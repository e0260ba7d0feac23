-- By the feed's primary key. The day (UTC) on which the event at a position was recorded.
select to_char(recorded_at at time zone 'UTC', 'YYYY-MM-DD') as day from :feed.events where position = $1
