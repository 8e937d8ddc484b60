-- The ids that more than one EVSE has, whatever their letters and separators, and those with an
-- alias. Only these are worth a closer look.
with compact as (
    select distinct
        location_no,
        evse_uid,
        evse_id,
        upper(regexp_replace(evse_id, '[^0-9A-Za-z]+', '', 'g')) as compact_id,
    from temp.current_connector
    where evse_id is not null
),
shared as (
    select compact_id
    from compact
    group by compact_id
    having count(*) > 1 or list_contains($aliased::varchar[], compact_id)
)
select distinct evse_id
from compact
semi join shared using (compact_id)
order by evse_id;
