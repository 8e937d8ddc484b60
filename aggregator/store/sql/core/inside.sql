-- temp.inside_<table>: how much was received inside each outdated copy of a location.
create or replace temp table inside_${table} as
select record_no, count(*) as lost
from temp.stage_${table}
where record_no in (select record_no from temp.duplicate_location where is_older)
group by record_no;
