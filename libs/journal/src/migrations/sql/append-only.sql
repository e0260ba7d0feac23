-- What is recorded stands. A statement trigger fires even where no row is met, for TRUNCATE, and for the UPDATE hidden
-- in ON CONFLICT or MERGE; `enable always` holds it under session_replication_role = replica too.
create function journal.refuse_change() returns trigger
language plpgsql
as $$
begin
  raise exception 'journal.% is append-only: % is refused.', tg_table_name, tg_op
    using errcode = 'restrict_violation',
      hint = 'Put a record right by appending record.corrected or record.retracted about it.';
end
$$;

create trigger append_only before update or delete or truncate on journal.events
for each statement execute function journal.refuse_change();

create trigger append_only before update or delete or truncate on journal.branches
for each statement execute function journal.refuse_change();

alter table journal.events enable always trigger append_only;
alter table journal.branches enable always trigger append_only;
