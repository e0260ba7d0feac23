-- One look at every entry at the place. Open ends of occurred (infinity) are no day of the record.
select e.kind, count(*)::integer as entries,
  min(e.occurred_from) filter (where isfinite(e.occurred_from)) as "occurredFrom",
  max(e.occurred_to) filter (where isfinite(e.occurred_to)) as "occurredTo",
  min(e.known_since) as "knownFrom", max(e.known_since) as "knownTo"
from entries e
where :at(e) and not e.retracted
group by e.kind
order by e.kind
