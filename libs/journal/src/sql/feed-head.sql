-- The table has one row.
select journal_id::text as "journalId", position::float8 as "position", encode(chain_hash, 'hex') as "chainHash"
from :feed.head
