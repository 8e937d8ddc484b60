-- Current records of one feed, before a run is loaded.
select count(*)
from core.${table}
where feed = $feed and valid_to is null;
