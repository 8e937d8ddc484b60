-- The newest moment of ours (UTC) in the warehouse, and how many versions and runs lie beyond another.
with moment as (
    select valid_from as happened_at from core.location
    union all
    select valid_from as happened_at from core.evse
    union all
    select valid_from as happened_at from core.evse_status
    union all
    select valid_from as happened_at from core.connector
    union all
    select valid_from as happened_at from core.tariff
    union all
    select finished_at as happened_at from core.run
)
select max(happened_at) as newest_at, count(*) filter (where happened_at > $until) as beyond
from moment;
