-- What was drawn on a promise: one row a draw of a transfer, wherever that is told, as rectangles on recorded
-- (positions) x known (days). What a promise's draws come to is read from here, never stored.
create table draws (
  stream text not null,
  version integer not null,
  key text not null, -- the place in draws[]; behind it that of the ref, where only a ref names the promise
  known_from date not null,
  known_to date,
  from_position bigint not null,
  to_position bigint,
  position bigint not null, -- of the event
  stage text not null, -- allocated, disbursed, delivered, repaid
  pledge text, -- the promise that it draws on; null: none
  line text,
  counts_as text not null,
  side text not null,
  handover text,
  completes boolean not null,
  occurred text not null,
  known_since date not null,
  money jsonb,
  body jsonb not null
);

create index draws_event on draws (stream, version);
create index draws_pledge on draws (pledge);
