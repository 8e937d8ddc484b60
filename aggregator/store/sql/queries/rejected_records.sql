-- Refused records of one feed, or of all, as they stand in the snapshot.
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
    seen_at,
from mart.rejected_record
where $feed::varchar is null or feed = $feed
order by feed, object_type, json_path
limit $limit;
