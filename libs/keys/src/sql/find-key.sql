-- By the primary key.
select id, secret_hash, scopes, owner, expires_at, revoked_at from access.keys where id = $1
