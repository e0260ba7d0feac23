-- The apps' role owns nothing: it reads, appends through the function alone, and keeps the relay's progress.
grant usage on schema journal to litopys_app;
grant select on journal.events, journal.head, journal.branches, journal.relay_progress to litopys_app;
grant insert, update on journal.relay_progress to litopys_app;
revoke execute on all functions in schema journal from public;
grant execute on function journal.append to litopys_app;
