-- A replica is of one journal.
select 1::float8 as "fromPosition", journal_id::text as "journalId"
from replica.head
where journal_id is not null
