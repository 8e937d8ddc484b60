-- Refused records of one feed, or of all: of the last runs, with $past also what is no longer
-- refused. found: how many there are, however few are asked for.
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
    count(*) over () as found,
from mart.rejected_record
where ($feed::varchar is null or feed = $feed) and (is_current or $past)
order by is_current desc, feed, object_type, json_path
limit $limit;
