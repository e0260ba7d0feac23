-- An advisory lock's key stands in two halves: classid the upper, objid the lower.
select a.application_name as name
from pg_locks l
join pg_stat_activity a on a.pid = l.pid
where l.locktype = 'advisory' and l.granted and l.objsubid = 1
  and l.database = (select oid from pg_database where datname = current_database())
  and (l.classid::bigint << 32) | l.objid::bigint = hashtextextended('litopys run', 0)
