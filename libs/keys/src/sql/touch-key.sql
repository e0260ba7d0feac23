-- Coarse on purpose: at most one write an hour a key, whichever processes it is used at.
update access.keys
set last_used_at = date_trunc('hour', $2::timestamptz, 'UTC')
where id = $1 and (last_used_at is null or last_used_at < date_trunc('hour', $2::timestamptz, 'UTC'))
