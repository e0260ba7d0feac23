insert into journal.relay_progress (topic, position) values ($1, 0)
on conflict (topic) do update set position = 0
