-- mart.rejected_record: one row per record or part of a record that was refused, with the reason.
-- What was refused when it last came is current; the rest is history. Times are UTC.
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
    first_seen_at timestamp not null,
    last_seen_at timestamp not null,
    occurrences bigint not null,
    is_current boolean not null,
);
comment on column mart.rejected_record.lost_evses is 'EVSEs refused with it (1 for an EVSE itself)';
comment on column mart.rejected_record.raw_fragment is 
    'the record as received; of a duplicate, what was read of it, without its ids; cut at 2,000 characters';
comment on column mart.rejected_record.document_url is
    'where it was received from, without the query; null for duplicates, see json_path';
comment on column mart.rejected_record.run_id is 'the last run that refused it';
comment on column mart.rejected_record.occurrences is 'in how many runs it was refused';
comment on column mart.rejected_record.is_current is 
    'refused when it last came: runs that brought only a part of its module leave it as it was';

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
    'values that were ignored or read differently from how they were written, counted by kind: in the last run that brought the whole module, or in a later one where that counted more';
