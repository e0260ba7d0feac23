-- By pledges_by_day, resumed at a key. A pledge whose announcement is not known yet comes last.
select p.stream, coalesce(p.occurred_from, 'infinity'::date) as day
from pledges p
where :at(p) and :filters
order by coalesce(p.occurred_from, 'infinity'::date), p.stream
limit $3
