-- Locked from here to the end of the batch: whoever switches or drops the generation waits for it, or it for them.
select position, encode(chain_hash, 'hex') as "chainHash"
from projection.progress
where generation = $1 and lane = $2
for update
