-- temp.stage_evse_status: the states of the staged EVSEs; they arrive with them, and have versions
-- of their own.
alter table temp.stage_evse add column status varchar;

create or replace temp view stage_evse_status as
select
    feed,
    country_code,
    party_id,
    location_id,
    evse_uid,
    status,
    operator_last_updated,
    md5_number(json_array(status)::varchar) as digest,
    position,
from temp.stage_evse;
