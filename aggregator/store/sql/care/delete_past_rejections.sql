-- Refusals that were last seen before a moment. What the last run refused stays.
delete from core.rejection
where not is_current and last_seen_at < $before;
