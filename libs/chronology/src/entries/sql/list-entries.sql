-- By entries_by_day (the order of the list, resumed at a key), entries_parties or entries_words, as the filters have it.
select e.stream, e.version, e.position, e.kind, e.type, e.occurred, e.known_since as "knownSince",
  e.recorded_at as "recordedAt", e.occurred_day as "occurredDay", e.retracted, e.body
from entries e
where :at(e) and not e.retracted and :filters
order by :order, e.position
limit $3
