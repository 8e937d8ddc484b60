insert into mart.rejected_record by name
select
    feed,
    run_id,
    object_type,
    object_id,
    json_path,
    reason_code,
    reason,
    raw_fragment,
    document_url,
    lost_evses,
    lost_connectors,
    first_seen_at,
    last_seen_at,
    occurrences,
    is_current,
from warehouse.core.rejection
order by feed, is_current desc, reason_code, json_path;

insert into mart.reading_note by name
select feed, run_id, object_type, json_path, note_code, note, occurrences, example
from warehouse.core.note
order by feed, occurrences desc;
