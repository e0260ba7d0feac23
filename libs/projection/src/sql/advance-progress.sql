-- Compare-and-set: a zombie, whose batch another loop has projected already, moves nothing and rolls back.
update projection.progress
set position = $4, chain_hash = decode($5, 'hex')
where generation = $1 and lane = $2 and position = $3
