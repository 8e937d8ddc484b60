-- Current EVSEs whose location is not current.
with location as (
    select feed, country_code, party_id, location_id
    from core.location
    where valid_to is null
)
select count(*)
from core.evse as evse
anti join location using (feed, country_code, party_id, location_id)
where evse.valid_to is null;
