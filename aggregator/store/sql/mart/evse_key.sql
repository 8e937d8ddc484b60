-- temp.evse_key: the one spelling of each id that several EVSEs may share.
create or replace temp table evse_key (
    evse_id varchar,
    evse_key varchar,
);
