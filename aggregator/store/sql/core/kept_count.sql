-- How many current rows of a table belong to records that were kept as they are.
select count(*)
from core.${table} as current_version
semi join temp.kept_${record} using (country_code, party_id, ${record_id})
where current_version.feed = $feed and current_version.valid_to is null;
