-- temp.received_again: locations and tariffs that this run received, used or not, by their ids.
create or replace temp table received_again as
select 'location' as record_type, location_id as record_id from temp.stage_location
union
select 'location' as record_type, location_id as record_id from temp.kept_location
union
select 'tariff' as record_type, tariff_id as record_id from temp.stage_tariff
union
select 'tariff' as record_type, tariff_id as record_id from temp.kept_tariff
union
select if(object_type = 'tariff', 'tariff', 'location') as record_type, record_id
from temp.refused
where record_id is not null;
