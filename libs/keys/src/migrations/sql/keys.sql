-- Who may write: an operators' table, beside the journal that it guards. Rows are never deleted: who appended an event
-- is told by its key's id for as long as the event stands.
create schema access;

create table access.keys (
  id text primary key,
  name text not null,
  secret_hash bytea not null,
  scopes text[] not null,
  owner text not null,
  created_at timestamptz(3) not null,
  created_by text not null,
  expires_at timestamptz(3),
  revoked_at timestamptz(3),
  last_used_at timestamptz(3),
  constraint secret_hash_is_sha256 check (octet_length(secret_hash) = 32)
);

-- A name leads to one key at a time.
create unique index keys_name on access.keys (name) where revoked_at is null;

-- The apps' role looks keys up, and says when one was used; it can neither make one nor widen one.
grant usage on schema access to litopys_app;
grant select on access.keys to litopys_app;
grant update (last_used_at) on access.keys to litopys_app;
