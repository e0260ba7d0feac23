insert into projection.generations (generation, view_version, lanes, state)
select coalesce(max(generation), 0) + 1, $1, $2, 'building' from projection.generations
returning generation
