-- A handful of rows.
select from_position::float8 as "fromPosition", journal_id::text as "journalId"
from journal.branches
order by from_position
