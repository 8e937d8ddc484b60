-- Versions that ended before a moment. Current ones have no end, so they stay.
delete from core.${table}
where valid_to < $before;
