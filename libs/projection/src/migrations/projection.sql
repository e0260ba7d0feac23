create schema projection;

-- One complete set of views each, in the schema views_<generation>.
create table projection.generations (
  generation integer primary key,
  view_version integer not null,
  lanes integer not null check (lanes > 0),
  state text not null check (state in ('building', 'live', 'former', 'dead')),
  created_at timestamptz not null default now()
);

-- The live generation of each view version.
create table projection.pointer (
  view_version integer primary key,
  generation integer not null references projection.generations
);

-- How far each lane has projected: everything up to `position`, whose chain hash tells the journal it was read from.
create table projection.progress (
  generation integer not null references projection.generations on delete cascade,
  lane integer not null,
  position bigint not null,
  chain_hash bytea,
  primary key (generation, lane)
);
