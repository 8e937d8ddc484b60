-- Positions of current locations that have not been looked up.
select distinct location.latitude::double as latitude, location.longitude::double as longitude
from core.location as location
anti join core.position as position
    on position.latitude = location.latitude::double
    and position.longitude = location.longitude::double
where
    location.valid_to is null
    and location.publish
    and location.latitude is not null
    and location.longitude is not null;
