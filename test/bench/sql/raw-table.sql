-- The journal's own columns, checks and indexes, without its triggers.
create table raw (like journal.events including all)
