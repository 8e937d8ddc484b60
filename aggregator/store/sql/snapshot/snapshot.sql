-- mart.snapshot: one row about this file.
create table mart.snapshot (
    snapshot_id varchar not null,
    schema_version integer not null,
    published_at timestamp not null,
    synthetic boolean not null,
    klarpris_version varchar not null,
);
