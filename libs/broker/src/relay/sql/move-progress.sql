-- Compare and set: a relay that has been overtaken moves nothing.
update journal.relay_progress set position = $3::bigint where topic = $1 and position = $2::bigint
