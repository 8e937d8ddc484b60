-- The same documents came again, so all that was refused in them is refused again.
update core.rejection
set run_id = $run_id, last_seen_at = $now, occurrences = occurrences + 1
where feed = $feed and is_current;
