insert into mart.connector by name
select
    feed,
    country_code,
    party_id,
    location_id,
    evse_uid,
    evse_id,
    connector_id,
    standard as connector_standard,
    format as connector_format,
    power_type,
    max_power_kw,
    max_power_source,
    power_class,
    status,
    capabilities,
    tariff_ids,
    operator_last_updated,
    first_seen_at,
    last_seen_at,
    changed_at,
from temp.current_connector
order by feed, country_code, party_id, location_id, evse_uid, connector_id;
