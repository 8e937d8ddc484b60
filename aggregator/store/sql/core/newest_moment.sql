-- The newest moment (UTC) that a feed's runs, modules and versions know, and what the machine's
-- clock said in its last run.
with moment as (
    select max(finished_at) as known_at from core.run where feed = $feed
    union all
    select max(all_seen_at) as known_at from core.module where feed = $feed
    union all
    select greatest(max(valid_from), max(valid_to)) as known_at
    from core.location
    where feed = $feed
    union all
    select greatest(max(valid_from), max(valid_to)) as known_at from core.evse where feed = $feed
    union all
    select greatest(max(valid_from), max(valid_to)) as known_at
    from core.evse_status
    where feed = $feed
    union all
    select greatest(max(valid_from), max(valid_to)) as known_at
    from core.connector
    where feed = $feed
    union all
    select greatest(max(valid_from), max(valid_to)) as known_at from core.tariff where feed = $feed
),
last_run as (
    select arg_max(coalesce(clock_at, finished_at), finished_at) as clock_at
    from core.run
    where feed = $feed
)
select
    (select max(known_at) from moment) as newest_at,
    (select clock_at from last_run) as clock_at;
