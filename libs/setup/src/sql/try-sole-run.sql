select pg_try_advisory_lock(hashtextextended('litopys run', 0)) as locked
