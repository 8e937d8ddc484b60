-- Current connectors whose EVSE is not current.
with evse as (
    select feed, country_code, party_id, location_id, evse_uid
    from core.evse
    where valid_to is null
)
select count(*)
from core.connector as connector
anti join evse using (feed, country_code, party_id, location_id, evse_uid)
where connector.valid_to is null;
