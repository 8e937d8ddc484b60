-- The states of the EVSEs that were staged from core; they have versions of their own there.
update temp.stage_evse
set status = known.status
from core.evse_status as known
where known.feed = stage_evse.feed
    and known.country_code = stage_evse.country_code
    and known.party_id = stage_evse.party_id
    and known.location_id = stage_evse.location_id
    and known.evse_uid = stage_evse.evse_uid
    and known.valid_to is null
    and stage_evse.record_no in (select record_no from temp.recognised_location);
