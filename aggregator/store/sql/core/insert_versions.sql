-- New and changed records get a version that is valid from now; first_seen_at is carried along.
insert into core.${table} by name
with seen_before as (
    select ${key}, min(first_seen_at) as first_seen_at
    from core.${table}
    where feed = $feed
    group by ${key}
)
select
    ${columns},
    staged.digest,
    coalesce(seen_before.first_seen_at, $now) as first_seen_at,
    $now as valid_from,
    null::timestamp as valid_to,
from temp.stage_${table} as staged
inner join temp.change_${table} as change using (position)
left join seen_before using (${key})
where change.change in ('new', 'changed');
