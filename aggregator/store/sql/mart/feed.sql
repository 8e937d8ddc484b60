insert into mart.feed by name
with live as (
    select feed, count(*) as locations, count(*) filter (where not publish) as unpublished_locations
    from warehouse.core.location
    where valid_to is null
    group by feed
),
evses as (
    select
        feed,
        count(*) as evses,
        count(*) filter (where status in ('PLANNED', 'REMOVED')) as out_of_service_evses,
    from warehouse.core.evse_status
    where valid_to is null
    group by feed
),
connectors as (
    select feed, count(*) as connectors
    from warehouse.core.connector
    where valid_to is null
    group by feed
),
tariffs as (
    select feed, count(*) as tariffs
    from warehouse.core.tariff
    where valid_to is null
    group by feed
),
runs as (
    select
        feed,
        max(finished_at) as last_run_at,
        arg_max(outcome, finished_at) as last_outcome,
        arg_max(message, finished_at) as last_message,
        max(finished_at) filter (where outcome <> 'failed') as last_success_at,
        min(finished_at) filter (where outcome <> 'failed') as first_success_at,
    from warehouse.core.run
    group by feed
),
shown as (
    select feed, 'locations' as module from live
    union all
    select feed, 'tariffs' as module from tariffs
),
stale as (
    select
        feed,
        min(coalesce(module.all_seen_at, runs.first_success_at)) as stale_since,
    from shown
    inner join runs using (feed)
    left join warehouse.core.module as module using (feed, module)
    where runs.last_outcome <> 'ok' and module.all_seen_at is distinct from runs.last_run_at
    group by feed
)
select
    feed.feed,
    feed.name,
    feed.ocpi_version,
    feed.licence,
    feed.attribution,
    feed.source_url,
    feed.every_seconds,
    feed.verified,
    feed.synthetic,
    runs.last_run_at,
    runs.last_outcome,
    runs.last_message,
    runs.last_success_at,
    stale.stale_since,
    coalesce(live.locations, 0) as locations,
    coalesce(evses.evses, 0) as evses,
    coalesce(connectors.connectors, 0) as connectors,
    coalesce(tariffs.tariffs, 0) as tariffs,
    coalesce(live.unpublished_locations, 0) as unpublished_locations,
    coalesce(evses.out_of_service_evses, 0) as out_of_service_evses,
from warehouse.core.feed as feed
left join live using (feed)
left join evses using (feed)
left join connectors using (feed)
left join tariffs using (feed)
left join runs using (feed)
left join stale using (feed)
order by feed.name;
