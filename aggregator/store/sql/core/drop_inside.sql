-- Rows that were received inside a location that is not kept go with it.
create or replace temp table inside_${table} as
select record_no, count(*) as lost
from temp.stage_${table}
where record_no in (select record_no from temp.duplicate_location)
group by record_no;

delete from temp.stage_${table}
where record_no in (select record_no from temp.duplicate_location);
