-- Index: the primary key (position); ties, which only a broken key lets in, come in a fixed order.
select :row
from :feed.events e
where e.position between $1 and $2
order by e.position, e.chain_hash
