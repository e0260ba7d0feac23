-- By entry_refs_target: pledges that are paid from one of these.
select distinct r.stream
from entry_refs r
where :at(r) and r.target_stream = any ($3) and r.relation in ('part-of', 'draws-on') and r.stream like 'pledge/%'
