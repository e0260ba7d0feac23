select position from journal.relay_progress where topic = $1
