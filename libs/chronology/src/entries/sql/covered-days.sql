-- By entries_by_day, walked from either end to the first row that holds: no look at every entry. An entry's row holds
-- from no earlier a position than its own, which the index tells without a look at the table.
select
  (
    select e.occurred_day
    from entries e
    where :at(e) and e.position <= $1 and not e.retracted
    order by e.occurred_day, e.position
    limit 1
  ) as first,
  (
    select e.occurred_day
    from entries e
    where :at(e) and e.position <= $1 and not e.retracted
    order by e.occurred_day desc, e.position desc
    limit 1
  ) as last
