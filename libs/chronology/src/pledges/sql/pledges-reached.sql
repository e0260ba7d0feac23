-- By entry_refs_event and entry_refs_target: all pledges that counting these depends on. Whose money theirs is,
-- however far; what is told twice, by either telling; and what shares of them were told. What a transfer tells is of a
-- draw, and no word on the promise on whose stream it stands.
with recursive reached (stream) as (
  select unnest($3::text[])
  union
  select next.stream
  from reached
  cross join lateral (
    select r.target_stream as stream
    from entry_refs r
    where :at(r) and r.stream = reached.stream and r.relation in ('part-of', 'draws-on', 'same-as')
      and r.type like 'pledge.%'
    union all
    select r.stream
    from entry_refs r
    where :at(r) and r.target_stream = reached.stream and r.relation in ('same-as', 'share-of') and r.type like 'pledge.%'
  ) next
  where next.stream like 'pledge/%'
)
select stream from reached
