-- What the last run refused and this one does not is past.
update core.rejection
set is_current = false
where feed = $feed
    and is_current
    and rowid not in (
        select known_row
        from temp.refusal_pair
        where known_row is not null
    );
