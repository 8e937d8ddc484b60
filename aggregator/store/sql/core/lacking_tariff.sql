-- temp.lacking_tariff: none, for nothing inside a tariff is kept by itself.
create or replace temp table lacking_tariff as
select country_code, party_id, tariff_id
from temp.stage_tariff
where $complete and not $complete;
