-- mart.feed_run: one row per run and feed, newest first. Times are UTC.
-- received = kept + rejected and kept = new + changed + unchanged + waiting hold for every row and
-- every object type (checked when loading).
create table mart.feed_run (
    run_id varchar not null,
    feed varchar not null,
    started_at timestamp not null,
    finished_at timestamp not null,
    outcome varchar not null,
    message varchar,
    documents bigint not null,
    bytes bigint not null,
    received bigint not null,
    kept bigint not null,
    rejected bigint not null,
    duplicates bigint not null,
    new bigint not null,
    changed bigint not null,
    ended bigint not null,
    unchanged bigint not null,
    waiting bigint not null,
    live bigint,
);
comment on column mart.feed_run.outcome is 'ok, attention or failed';
comment on column mart.feed_run.duplicates is 'of rejected: same key received more than once, the newest was kept';
comment on column mart.feed_run.waiting is 'new, but not taken in yet: the answer lacked too much of what is known';
comment on column mart.feed_run.live is 'current records after the run; null for runs before this was counted';

create table mart.feed_run_count (
    run_id varchar not null,
    object_type varchar not null,
    received bigint not null,
    kept bigint not null,
    rejected bigint not null,
    duplicates bigint not null,
    new bigint not null,
    changed bigint not null,
    ended bigint not null,
    unchanged bigint not null,
    waiting bigint not null,
    live bigint,
);
comment on table mart.feed_run_count is 'the same totals by object type: location, evse, connector, tariff';
