-- The columns of an entry, with its key, its day and its text search: what somebody would make who wants no more.
create table entries (
  stream text not null,
  version integer not null,
  position bigint not null,
  kind text not null,
  type text not null,
  occurred text not null,
  occurred_day date not null,
  known_since date not null,
  recorded_at timestamptz(3) not null,
  parties text[] not null,
  body jsonb not null,
  search text not null,
  words tsvector generated always as (to_tsvector('simple', search)) stored,
  primary key (stream, version)
);

create index entries_by_day on entries (occurred_day, position);
create index entries_words on entries using gin (words);
