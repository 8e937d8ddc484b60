-- mart.rejected_record: one row per record or part of a record that was refused, with the reason.
create table mart.rejected_record (
    feed varchar not null,
    run_id varchar not null,
    object_type varchar not null,
    object_id varchar,
    json_path varchar not null,
    reason_code varchar not null,
    reason varchar not null,
    raw_fragment varchar,
    document_url varchar,
    lost_evses bigint not null,
    lost_connectors bigint not null,
    seen_at timestamp not null,
);
comment on column mart.rejected_record.lost_evses is 'EVSEs refused with it (1 for an EVSE itself)';
comment on column mart.rejected_record.raw_fragment is 'the record as received, cut at 2,000 characters';

create table mart.reading_note (
    feed varchar not null,
    run_id varchar not null,
    object_type varchar not null,
    json_path varchar not null,
    note_code varchar not null,
    note varchar not null,
    occurrences bigint not null,
    example varchar,
);
comment on table mart.reading_note is
    'values that were ignored or read differently from how they were written, counted by kind in the last run';
