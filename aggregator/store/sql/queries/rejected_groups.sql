-- Refused records counted by reason, feed, object type or path (positions left out), the most first.
-- lost_evses, lost_connectors: refused with them. found: how many groups there are, however few
-- are asked for.
with refused as (
    select
        case $by
            when 'reason' then reason_code
            when 'feed' then feed
            when 'object' then object_type
            when 'path' then regexp_replace(json_path, '\[\d+\]', '[]', 'g')
        end as shared,
        lost_evses,
        lost_connectors,
        first_seen_at,
        last_seen_at,
        concat_ws(' ', feed, object_id, json_path) || ': ' || reason as example,
    from mart.rejected_record
    where ($feed::varchar is null or feed = $feed) and (is_current or $past)
)
select
    shared,
    count(*) as records,
    sum(lost_evses)::bigint as lost_evses,
    sum(lost_connectors)::bigint as lost_connectors,
    min(first_seen_at) as first_seen_at,
    max(last_seen_at) as last_seen_at,
    min(example) as example,
    count(*) over () as found,
from refused
group by shared
order by records desc, shared
limit $limit;
