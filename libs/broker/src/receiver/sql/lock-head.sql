-- Whoever moves the head holds its row, so each sees what all before it have stored.
select journal_id, position, encode(chain_hash, 'hex') as chain_hash from replica.head for update
