create schema replica;

-- The journal's own columns, in its own order, so that the same statements read either.
create table replica.events (
  position bigint not null,
  stream text not null,
  version integer not null,
  source text not null,
  id text not null,
  fingerprint bytea not null,
  type text not null,
  dataschema text not null,
  time timestamptz(3),
  known_since date not null,
  known_basis text not null,
  actor text not null,
  correlation_id text,
  causation_id text,
  recorded_at timestamptz(3) not null,
  data text not null,
  data_hash bytea not null,
  chain_hash bytea not null,
  constraint events_position primary key (position)
);

create index events_version on replica.events (stream, version);
create index events_recorded on replica.events (recorded_at, position);

-- One row: whose journal this is, and up to where it is complete and its chain has been checked.
create table replica.head (
  journal_id uuid,
  position bigint not null,
  chain_hash bytea
) with (fillfactor = 10);

create unique index head_is_one_row on replica.head ((true));

insert into replica.head (position) values (0);
