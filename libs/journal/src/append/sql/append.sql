-- journal.append names the indexes that it relies on.
select
  verdict,
  position::float8 as "position",
  version,
  to_char(recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "recordedAt"
from journal.append(
  $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11::text[]::timestamptz[], $12::text[]::date[], $13, $14, $15, $16, $17
)
