update projection.generations set state = $2 where generation = $1
