-- When anything that is published last changed (UTC).
with moment as (
    select greatest(valid_from, valid_to) as happened_at from core.location
    union all
    select greatest(valid_from, valid_to) as happened_at from core.evse
    union all
    select greatest(valid_from, valid_to) as happened_at from core.evse_status
    union all
    select greatest(valid_from, valid_to) as happened_at from core.connector
    union all
    select greatest(valid_from, valid_to) as happened_at from core.tariff
)
select max(happened_at) as changed_at
from moment;
