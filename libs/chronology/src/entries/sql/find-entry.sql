-- By entries_event. Retracted entries answer too: a name answers for ever.
select e.stream, e.version, e.position, e.kind, e.type, e.occurred, e.known_since as "knownSince",
  e.recorded_at as "recordedAt", e.occurred_day as "occurredDay", e.retracted, e.body
from entries e
where :at(e) and e.stream = $3 and e.version = $4
