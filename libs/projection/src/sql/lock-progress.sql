-- Both generations of a switch stand still while the pointer moves.
select generation, lane, position, encode(chain_hash, 'hex') as "chainHash"
from projection.progress
where generation = any ($1)
order by generation, lane
for update
