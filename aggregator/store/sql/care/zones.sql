-- The time zones that a snapshot's locations are priced in.
select distinct time_zone
from mart.location
where time_zone is not null
order by time_zone;
