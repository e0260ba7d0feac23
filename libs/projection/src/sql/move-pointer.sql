insert into projection.pointer (view_version, generation)
values ($1, $2)
on conflict (view_version) do update set generation = excluded.generation
