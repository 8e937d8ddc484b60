-- mart.feed: one row per feed that has been harvested at least once.
-- Times are UTC. Source: data/feeds/*.toml and the ledger of runs.
create table mart.feed (
    feed varchar not null,
    name varchar not null,
    ocpi_version varchar,
    licence varchar,
    attribution varchar,
    source_url varchar,
    every_seconds bigint,
    verified boolean not null,
    synthetic boolean not null,
    last_run_at timestamp,
    last_outcome varchar,
    last_message varchar,
    last_success_at timestamp,
    stale_since timestamp,
    locations bigint not null,
    evses bigint not null,
    connectors bigint not null,
    tariffs bigint not null,
    unpublished_locations bigint not null,
    out_of_service_evses bigint not null,
);
comment on column mart.feed.last_outcome is 'ok; attention (came only in part, was held, or was mostly refused); failed (nothing came)';
comment on column mart.feed.stale_since is 'UTC; when everything current was last seen in one run, where the last run failed or needs attention; else null';
comment on column mart.feed.synthetic is 'true when the feed is a simulated operator; never mixed with real feeds';
comment on column mart.feed.unpublished_locations is 'locations the operator marked publish = false; kept, not shown';
comment on column mart.feed.out_of_service_evses is 'EVSEs with status PLANNED or REMOVED; kept, not offered';
