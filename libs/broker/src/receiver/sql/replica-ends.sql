-- Up to where the replica is complete, and the last position that has arrived. Index: events_position (position).
select h.position as head, greatest(h.position, (select max(e.position) from replica.events e)) as last
from replica.head h
