-- When anything of each feed that is published last changed (UTC): one row per feed.
with moment as (
    select feed, greatest(valid_from, valid_to) as happened_at from core.location
    union all
    select feed, greatest(valid_from, valid_to) as happened_at from core.evse
    union all
    select feed, greatest(valid_from, valid_to) as happened_at from core.evse_status
    union all
    select feed, greatest(valid_from, valid_to) as happened_at from core.connector
    union all
    select feed, greatest(valid_from, valid_to) as happened_at from core.tariff
)
select feed, max(happened_at) as changed_at
from moment
group by feed
order by feed;
