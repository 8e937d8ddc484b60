-- temp.lacking_location: locations that came without an EVSE or connector that core still has inside
-- them; a complete answer has ended those.
create or replace temp table lacking_location as
select distinct country_code, party_id, location_id
from core.evse as known
semi join temp.stage_location using (feed, country_code, party_id, location_id)
anti join temp.stage_evse using (feed, country_code, party_id, location_id, evse_uid)
where known.valid_to is null and not $complete
union
select distinct country_code, party_id, location_id
from core.connector as known
semi join temp.stage_location using (feed, country_code, party_id, location_id)
anti join temp.stage_connector
    using (feed, country_code, party_id, location_id, evse_uid, connector_id)
where known.valid_to is null and not $complete;
