select from_position, journal_id from journal.branches order by from_position desc
