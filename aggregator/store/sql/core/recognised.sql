-- temp.recognised_<record>: records of this run whose bytes have been read before, and where they
-- stood. temp.arrived_<record>: the bytes of records that were read now and not refused in part.
create or replace temp table recognised_${table} (
    digest blob not null,
    record_no bigint not null,
    json_path varchar not null,
);

create or replace temp table arrived_${table} (
    digest blob not null,
    record_no bigint not null,
    notes varchar,
);
