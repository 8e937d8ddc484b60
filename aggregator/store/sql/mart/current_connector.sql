-- temp.current_connector: one row per connector that may be shown, with its EVSE.
-- EVSEs that are only planned or already removed are not offered to anyone.
-- session_code: of the reference session whose start decides the headline prices.
create or replace temp table current_connector as
with current_evse as (
    select
        location.location_no,
        evse.rowid as evse_no,
        evse.feed,
        evse.country_code,
        evse.party_id,
        evse.location_id,
        evse.evse_uid,
        evse.evse_id,
        evse.capabilities,
        evse.accepted_service_providers,
        evse.connector_capabilities,
        status.status,
    from core.evse as evse
    inner join temp.current_location as location
        using (feed, country_code, party_id, location_id)
    left join core.evse_status as status
        on status.feed = evse.feed
        and status.country_code = evse.country_code
        and status.party_id = evse.party_id
        and status.location_id = evse.location_id
        and status.evse_uid = evse.evse_uid
        and status.valid_to is null
    where evse.valid_to is null and coalesce(status.status, '') not in ('PLANNED', 'REMOVED')
),
powered as (
    select
        connector.rowid as connector_no,
        evse.location_no,
        evse.evse_no,
        connector.* exclude (digest, valid_to),
        evse.evse_id,
        evse.capabilities,
        evse.accepted_service_providers,
        evse.connector_capabilities,
        evse.status,
        case
            when connector.max_power_kw is null then null
            when round(connector.max_power_kw) >= 150 then 'hpc'
            when round(connector.max_power_kw) >= 50 then 'dc'
            when round(connector.max_power_kw) > 22 or connector.power_type = 'DC' then 'mid'
            else 'ac'
        end as power_class,
    from core.connector as connector
    inner join current_evse as evse
        using (feed, country_code, party_id, location_id, evse_uid)
    where connector.valid_to is null
)
select
    powered.* exclude (valid_from),
    case
        when powered.power_class = 'mid' then 'ac'
        when powered.power_class is not null then powered.power_class
        when powered.power_type = 'DC' then 'dc'
        else 'ac'
    end as session_code,
    greatest(powered.valid_from, coalesce(module.all_seen_at, powered.valid_from))
        as last_seen_at,
    powered.valid_from as changed_at,
from powered
left join core.module as module
    on module.feed = powered.feed and module.module = 'locations';
