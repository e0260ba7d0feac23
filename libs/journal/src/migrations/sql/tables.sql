create schema journal;

-- Every event, in one gapless order. Columns stand in the order in which the chain hash takes them.
create table journal.events (
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
  constraint events_position primary key (position),
  constraint events_version unique (stream, version),
  constraint events_identity unique (source, id),
  constraint position_from_1 check (position >= 1),
  constraint version_from_1 check (version >= 1),
  constraint fingerprint_is_sha256 check (octet_length(fingerprint) = 32),
  constraint data_hash_is_sha256 check (octet_length(data_hash) = 32),
  constraint chain_hash_is_sha256 check (octet_length(chain_hash) = 32),
  constraint known_basis_is_known check (known_basis in ('source', 'stated', 'presumed', 'recorded'))
);

create index events_recorded on journal.events (recorded_at, position);

-- One row: where the journal ends. Whoever appends locks it first, so appends stand in one line. Updated at every
-- call, hence the room for updates in place.
create table journal.head (
  journal_id uuid not null,
  position bigint not null,
  chain_hash bytea,
  recorded_at timestamptz(3)
) with (fillfactor = 10);

create unique index head_is_one_row on journal.head ((true));

-- Which journal id holds from which position on: a new one begins where a restored journal goes on by another way.
create table journal.branches (
  from_position bigint primary key,
  journal_id uuid not null unique
);

-- How far the relay has sent, a row a topic.
create table journal.relay_progress (
  topic text primary key,
  position bigint not null
) with (fillfactor = 10);

with born as (
  insert into journal.branches (from_position, journal_id) values (1, gen_random_uuid()) returning journal_id
)
insert into journal.head (journal_id, position) select journal_id, 0 from born;
