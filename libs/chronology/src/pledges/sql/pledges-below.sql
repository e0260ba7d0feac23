-- By pledges_stream and entry_refs_target: these pledges ($3), those of the others ($4) that are cancelled, and all whose
-- money is theirs, however far: what was drawn on a part was drawn on the whole.
with recursive below (stream) as (
  select unnest($3::text[])
  union
  select p.stream
  from pledges p
  where :at(p) and p.stream = any ($4) and p.cancelled is not null
  union
  select next.stream
  from below
  cross join lateral (
    select r.stream
    from entry_refs r
    where :at(r) and r.target_stream = below.stream and r.relation in ('part-of', 'draws-on', 'share-of', 'same-as')
      and r.type like 'pledge.%'
    union all
    select r.target_stream as stream
    from entry_refs r
    where :at(r) and r.stream = below.stream and r.relation = 'same-as' and r.type like 'pledge.%'
  ) next
  where next.stream like 'pledge/%'
)
select stream from below
