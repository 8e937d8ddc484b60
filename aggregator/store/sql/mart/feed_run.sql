insert into mart.feed_run_count by name
select
    run_id,
    object_type,
    received,
    kept,
    rejected,
    duplicates,
    new,
    changed,
    ended,
    unchanged,
    waiting,
    live,
from warehouse.core.run_count;

insert into mart.feed_run by name
with total as (
    select
        run_id,
        sum(received) as received,
        sum(kept) as kept,
        sum(rejected) as rejected,
        sum(duplicates) as duplicates,
        sum(new) as new,
        sum(changed) as changed,
        sum(ended) as ended,
        sum(unchanged) as unchanged,
        sum(waiting) as waiting,
        sum(live) as live,
    from warehouse.core.run_count
    group by run_id
)
select
    run.run_id,
    run.feed,
    run.started_at,
    run.finished_at,
    run.outcome,
    run.message,
    run.documents,
    run.bytes,
    coalesce(total.received, 0) as received,
    coalesce(total.kept, 0) as kept,
    coalesce(total.rejected, 0) as rejected,
    coalesce(total.duplicates, 0) as duplicates,
    coalesce(total.new, 0) as new,
    coalesce(total.changed, 0) as changed,
    coalesce(total.ended, 0) as ended,
    coalesce(total.unchanged, 0) as unchanged,
    coalesce(total.waiting, 0) as waiting,
    total.live,
from warehouse.core.run as run
left join total using (run_id)
order by run.finished_at desc;
