-- Under which id the journal stands, latest first: a branch gives it a new one from a position on.
select from_position as "from", journal_id::text as id from journal.branches order by from_position desc
