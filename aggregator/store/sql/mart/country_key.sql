-- Stated and found countries that are to be compared, each once.
select distinct location.country as stated, position.country, position.region_1
from core.location as location
inner join core.position as position
    on position.latitude = location.latitude::double
    and position.longitude = location.longitude::double
where location.valid_to is null and location.publish;
