-- Refused records of each feed's last run by reason, with one example.
select
    feed,
    object_type,
    reason_code,
    any_value(reason) as reason,
    count(*) as records,
    any_value(json_path) as example_path,
from mart.rejected_record
where is_current
group by feed, object_type, reason_code
order by feed, records desc;
