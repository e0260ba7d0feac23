select journal_id from replica.head
