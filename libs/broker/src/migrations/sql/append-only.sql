-- What has arrived stands: a row is neither changed nor taken out. An operator may empty a whole replica (TRUNCATE).
create function replica.refuse_change() returns trigger
language plpgsql
as $$
begin
  raise exception 'replica.events is append-only: % is refused.', tg_op
    using errcode = 'restrict_violation', hint = 'To begin anew, empty the replica and run litopys receive --from-start.';
end
$$;

create trigger append_only before update or delete on replica.events
for each statement execute function replica.refuse_change();

alter table replica.events enable always trigger append_only;
