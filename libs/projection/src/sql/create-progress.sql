insert into projection.progress (generation, lane, position)
select $1, lane, 0 from generate_series(0, $2 - 1) lane
