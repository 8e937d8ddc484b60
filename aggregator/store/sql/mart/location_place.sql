-- The places whose time zone is to be found: one row per stated zone and position.
select distinct time_zone, latitude::double as latitude, longitude::double as longitude
from core.location
where valid_to is null and publish;
