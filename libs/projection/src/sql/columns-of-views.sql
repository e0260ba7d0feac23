-- The columns that rows are written to, by table; generated ones are Postgres's own.
select c.relname as table, a.attname as column, format_type(a.atttypid, a.atttypmod) as type
from pg_attribute a
join pg_class c on c.oid = a.attrelid
where c.relnamespace = to_regnamespace($1) and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
order by c.relname, a.attnum
