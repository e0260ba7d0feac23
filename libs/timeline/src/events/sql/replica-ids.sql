-- A replica is of one journal.
select 1 as "from", journal_id::text as id from replica.head where journal_id is not null
