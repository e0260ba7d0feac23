-- Both generations of a switch stand still while the pointer moves.
select generation, lane, position
from projection.progress
where generation = any ($1)
order by generation, lane
for update
