-- The role that the apps' pools take on. Roles belong to the whole cluster: another database's migration may make it
-- at the same moment, which the unique index on pg_authid tells by either of two errors.
do $$
begin
  if current_setting('server_encoding') <> 'UTF8' then
    raise exception 'The journal needs a database in UTF8, this one is in %: hashes are of UTF-8 bytes.',
      current_setting('server_encoding');
  end if;
  if to_regrole('litopys_app') is null then
    begin
      create role litopys_app nologin;
    exception
      when duplicate_object or unique_violation then null;
      when insufficient_privilege then
        raise exception 'The role litopys_app is missing, and % may not make it.', current_user
          using hint = format('Let an administrator run: create role litopys_app nologin; grant litopys_app to %I;', current_user);
    end;
  end if;
  -- A superuser has every role; anyone else is made a member, so that its pools can take the role on.
  if not pg_has_role(current_user, 'litopys_app', 'set') then
    execute format('grant litopys_app to %I', current_user);
  end if;
end
$$;
