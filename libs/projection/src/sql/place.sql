-- The live generation, what it has projected, and the search path of its views: one look, one snapshot.
select p.generation,
  min(g.position) as watermark,
  set_config('search_path', 'views_' || p.generation || ', pg_catalog', true)
from projection.pointer p
join projection.progress g using (generation)
where p.view_version = $1
group by p.generation
