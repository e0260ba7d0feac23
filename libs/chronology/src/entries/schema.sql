-- One line of the chronology an event, as rectangles on recorded (positions) x known (days).
create table entries (
  stream text not null,
  version integer not null,
  key text not null,
  known_from date not null,
  known_to date,
  from_position bigint not null,
  to_position bigint,
  position bigint not null,
  kind text not null,
  type text not null,
  occurred text not null,
  occurred_from date not null, -- -infinity where open
  occurred_to date not null, -- infinity where open
  occurred_day date not null, -- the day it is put under: the latest of its start
  known_since date not null,
  recorded_at timestamptz(3) not null,
  parties text[] not null,
  retracted boolean not null,
  body jsonb not null,
  search text not null,
  words tsvector generated always as (to_tsvector('simple', search)) stored
);

-- Closing and reading one entry.
create index entries_event on entries (stream, version);
-- The list by day, paged by (occurred_day, position). What was not known or recorded yet at the place of the read is passed
-- over in the index itself: a read far back on either axis would look at every later row otherwise.
create index entries_by_day on entries (occurred_day, position, known_from, from_position);
-- occurred_from=, occurred_to=: the few that reach over more days than the one they are put under.
create index entries_vague on entries using gist (daterange(occurred_from, occurred_to, '[]')) where occurred_from < occurred_to;
-- party=
create index entries_parties on entries using gin (parties);
-- q=
create index entries_words on entries using gin (words);

-- What an entry says of another stream or event; the inverse is derived at read time.
create table entry_refs (
  stream text not null,
  version integer not null,
  key text not null, -- the place in refs[]
  known_from date not null,
  known_to date,
  from_position bigint not null,
  to_position bigint,
  type text not null, -- of the entry: what a transfer tells of is a draw, not the promise on whose stream it stands
  relation text not null,
  target_stream text not null,
  target_version integer,
  body jsonb not null
);

create index entry_refs_event on entry_refs (stream, version);
-- Relations that point here.
create index entry_refs_target on entry_refs (target_stream);
