-- What was received, kept and rejected in the last run of a feed that brought anything.
select object_type, received, kept, rejected, duplicates, coalesce(waiting, 0) as waiting
from core.run_count
where run_id = (
    select run_id
    from core.run
    where feed = $feed and outcome <> 'failed'
    order by finished_at desc
    limit 1
);
