update replica.head set journal_id = $1::uuid
