-- What this run tells anew: the notes of modules that came completely, and kinds that it noted too.
delete from core.note
where feed = $feed
    and (
        list_contains($settled::varchar[], if(object_type = 'tariff', 'tariff', 'location'))
        or (object_type, json_path, note_code, note) in (
            select (object_type, json_path, note_code, note) from temp.noted
        )
    );
