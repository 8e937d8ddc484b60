-- How many records of each type were received more than once in this run.
select object_type, sum(lost)::bigint as duplicates
from (
    select 'location' as object_type, count(*) as lost from temp.duplicate_location
    union all by name
    select 'evse' as object_type, count(*) as lost from temp.duplicate_evse
    union all by name
    select 'evse' as object_type, coalesce(sum(lost), 0) as lost from temp.inside_evse
    union all by name
    select 'connector' as object_type, count(*) as lost from temp.duplicate_connector
    union all by name
    select 'connector' as object_type, coalesce(sum(lost), 0) as lost from temp.inside_connector
    union all by name
    select 'tariff' as object_type, count(*) as lost from temp.duplicate_tariff
)
group by object_type;
