-- By the feed's primary key: the last position that a batch may reach before its data grows over so many bytes; its
-- first event it always holds.
select max(position)::float8 as position
from (
  select position, sum(octet_length(data)) over (order by position) - octet_length(data) as before
  from :feed.events
  where position > $1 and position <= $2
  order by position
  limit $3
) sized
where before < $4
