-- A promise's state, one row a stream, as rectangles on recorded (positions) x known (days).
create table pledges (
  stream text not null,
  version integer not null, -- 0: a row of the whole stream
  key text not null,
  known_from date not null,
  known_to date,
  from_position bigint not null,
  to_position bigint,
  title text, -- null until the opening is known
  opening_version integer,
  opening_position bigint,
  known_since date,
  occurred text,
  occurred_from date,
  donors text[] not null,
  beneficiaries text[] not null,
  scope text not null,
  instrument text not null,
  category text,
  money jsonb, -- the face, as amended; null where no figure was told
  cancelled date, -- the latest day of its cancellation, infinity where that is open; null: it stands
  body jsonb not null
);

create index pledges_stream on pledges (stream, version);
-- The list by the first day of the announcement; what is not announced yet comes last.
create index pledges_by_day on pledges (coalesce(occurred_from, 'infinity'::date), stream);

-- A promise's lines.
create table pledge_lines (
  stream text not null,
  version integer not null, -- of the event that told the line
  key text not null, -- the line's id
  known_from date not null,
  known_to date,
  from_position bigint not null,
  to_position bigint,
  place integer not null,
  label text not null,
  category text not null,
  instrument text,
  within text,
  money jsonb,
  body jsonb not null
);

create index pledge_lines_event on pledge_lines (stream, version);
