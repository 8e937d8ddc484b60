-- temp.current_connector: one row per connector that may be shown, with its EVSE and location.
-- EVSEs that are only planned or already removed are not offered to anyone.
create or replace temp table current_connector as
with status as (
    select feed, country_code, party_id, location_id, evse_uid, status
    from core.evse_status
    where valid_to is null
)
select
    connector.feed,
    connector.country_code,
    connector.party_id,
    connector.location_id,
    connector.evse_uid,
    connector.connector_id,
    evse.evse_id,
    evse.capabilities,
    status.status,
    connector.standard,
    connector.format,
    connector.power_type,
    connector.max_power_kw,
    connector.max_power_source,
    case
        when connector.max_power_kw is null then null
        when round(connector.max_power_kw) >= 150 then 'hpc'
        when round(connector.max_power_kw) >= 50 then 'dc'
        when round(connector.max_power_kw) > 22 or connector.power_type = 'DC' then 'mid'
        else 'ac'
    end as power_class,
    connector.tariff_ids,
    connector.operator_last_updated,
    connector.first_seen_at,
    greatest(connector.valid_from, coalesce(module.all_seen_at, connector.valid_from))
        as last_seen_at,
    connector.valid_from as changed_at,
from core.connector as connector
inner join core.evse as evse using (feed, country_code, party_id, location_id, evse_uid)
inner join core.location as location using (feed, country_code, party_id, location_id)
left join status using (feed, country_code, party_id, location_id, evse_uid)
left join core.module as module
    on module.feed = connector.feed and module.module = 'locations'
where connector.valid_to is null
    and evse.valid_to is null
    and location.valid_to is null
    and location.publish
    and coalesce(status.status, '') not in ('PLANNED', 'REMOVED');
