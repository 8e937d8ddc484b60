-- Current records of one feed.
select count(*)
from core.${table}
where feed = $feed and valid_to is null;
