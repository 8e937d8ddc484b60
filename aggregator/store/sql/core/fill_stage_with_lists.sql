-- As fill_stage, for a table to which a schema step added lists. Rows in which all of these are empty
-- have the digest that they had before the step, so that nothing counts as changed by it.
insert into temp.stage_${table} by name
select
    batch.*,
    md5_number(
        json_array(${first_content})::varchar
        || if(len(flatten([${added_lists}])) > 0, json_array(${added_lists})::varchar, '')
    ) as digest,
from batch;
