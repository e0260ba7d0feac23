select generation, view_version as "viewVersion", lanes, state from projection.generations order by generation
