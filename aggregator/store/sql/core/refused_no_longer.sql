-- What was refused and is not in this run is past, if this run tells: its module came completely,
-- or the record itself came again. $settled: the record types whose modules came completely.
update core.rejection
set is_current = false
where feed = $feed
    and is_current
    and rowid not in (
        select known_row
        from temp.refusal_pair
        where known_row is not null
    )
    and (
        list_contains($settled::varchar[], if(object_type = 'tariff', 'tariff', 'location'))
        or (if(object_type = 'tariff', 'tariff', 'location'), record_id) in (
            select (record_type, record_id) from temp.received_again
        )
    );
