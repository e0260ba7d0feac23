-- Which of some identities the journal does not have. Index: the unique one on (source, id).
select given.source, given.id
from unnest($1::text[], $2::text[]) as given (source, id)
where not exists (select from journal.events e where e.source = given.source and e.id = given.id)
