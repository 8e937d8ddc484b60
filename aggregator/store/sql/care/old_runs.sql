-- temp.old_run: runs that ended before a moment and that nothing needs any more. What stays: a
-- feed's newest run, its newest that brought anything, and runs that refusals or notes name.
create or replace temp table old_run as
with newest as (
    select arg_max(run_id, finished_at) as run_id
    from core.run
    group by feed
    union all
    select arg_max(run_id, finished_at) as run_id
    from core.run
    where outcome <> 'failed'
    group by feed
)
select run_id
from core.run
anti join newest using (run_id)
anti join core.rejection using (run_id)
anti join core.note using (run_id)
where finished_at < $before;
