-- By pledge_lines_event.
select l.stream, l.version, l.key as id, l.label, l.category, l.instrument, l.within, l.money, l.body
from pledge_lines l
where :at(l) and l.stream = any ($3)
order by l.stream, l.place
