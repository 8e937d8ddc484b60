-- Every feed of the snapshot, with how much of it has a price and what its last run received.
with run as (
    select feed, received, kept, rejected, duplicates
    from mart.feed_run
    where documents > 0
    qualify row_number() over (partition by feed order by finished_at desc) = 1
),
priced as (
    select
        feed,
        sum(priced_connectors) as priced_connectors,
        sum(connectors) as shown_connectors,
    from mart.operator
    group by feed
)
select
    feed.*,
    coalesce(priced.priced_connectors, 0)::bigint as priced_connectors,
    coalesce(priced.shown_connectors, 0)::bigint as shown_connectors,
    coalesce(run.received, 0) as received,
    coalesce(run.kept, 0) as kept,
    coalesce(run.rejected, 0) as rejected,
    coalesce(run.duplicates, 0) as duplicates,
from mart.feed as feed
left join run on run.feed = feed.feed
left join priced on priced.feed = feed.feed
order by feed.name;
