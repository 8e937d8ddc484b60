-- What was refused before is seen once more, where it stands now and with the reason of now.
update core.rejection
set
    run_id = $run_id,
    json_path = again.json_path,
    reason = again.reason,
    raw_fragment = again.raw_fragment,
    document_url = again.document_url,
    lost_evses = again.lost_evses,
    lost_connectors = again.lost_connectors,
    last_seen_at = $now,
    occurrences = occurrences + 1,
    is_current = true
from (
    select pair.known_row, refused.*
    from temp.refusal_pair as pair
    inner join temp.refused as refused on refused.rowid = pair.refused_row
    where pair.known_row is not null
) as again
where core.rejection.rowid = again.known_row;
