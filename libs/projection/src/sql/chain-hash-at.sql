-- By the feed's primary key.
select encode(chain_hash, 'hex') as "chainHash" from :feed.events where position = $1
