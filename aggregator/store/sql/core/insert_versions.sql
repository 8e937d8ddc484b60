-- New and changed records get a version that is valid from now; first_seen_at is carried along.
insert into core.${table} by name
with written as (
    select staged.*
    from temp.stage_${table} as staged
    inner join temp.change_${table} as change using (position)
    where change.change in ('new', 'changed')
),
seen_before as (
    select ${key}, min(first_seen_at) as first_seen_at
    from core.${table}
    semi join written using (${key})
    where feed = $feed
    group by ${key}
)
select
    ${columns},
    written.digest,
    coalesce(seen_before.first_seen_at, $now) as first_seen_at,
    $now as valid_from,
    null::timestamp as valid_to,
from written
left join seen_before using (${key});
