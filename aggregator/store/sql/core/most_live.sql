-- The most live records of each type after a feed's runs between two moments by the machine's
-- clock (UTC), since a person last said that what was missing is really gone.
select run_count.object_type, max(run_count.live) as most_live
from core.run as run
inner join core.run_count as run_count using (run_id)
where run.feed = $feed
    and run.outcome <> 'failed'
    and coalesce(run.clock_at, run.finished_at) between $first and $last
    and run.finished_at >= coalesce(
        (select max(finished_at) from core.run where feed = $feed and accepts_shrink),
        run.finished_at
    )
    and run_count.live is not null
group by run_count.object_type;
