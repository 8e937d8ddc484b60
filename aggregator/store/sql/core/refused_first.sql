-- What was not refused before.
insert into core.rejection by name
select
    $run_id as run_id,
    $feed as feed,
    refused.*,
    $now as first_seen_at,
    $now as last_seen_at,
    1 as occurrences,
    true as is_current,
from temp.refusal_pair as pair
inner join temp.refused as refused on refused.rowid = pair.refused_row
where pair.known_row is null;
