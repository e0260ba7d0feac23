select position, encode(chain_hash, 'hex') as "chainHash"
from projection.progress
where generation = $1 and lane = $2
