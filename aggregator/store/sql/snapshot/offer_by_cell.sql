-- mart.offer_by_cell: the offers once more, with what a list of the nearest needs, sorted by cell.
-- A cell is 0.1 degrees wide: cell = floor((latitude + 90) * 10) * 3600 + floor((longitude + 180) * 10).
create table mart.offer_by_cell (
    cell integer not null,
    latitude double not null,
    longitude double not null,
    feed varchar not null,
    country_code varchar not null,
    party_id varchar not null,
    operator varchar,
    operator_name varchar,
    location_id varchar not null,
    location_name varchar,
    evse_uid varchar not null,
    preferred_feed varchar,
    connector_id varchar not null,
    connector_standard varchar,
    power_type varchar,
    max_power_kw decimal(9, 3),
    power_class varchar,
    country varchar,
    region_1 varchar,
    time_zone varchar,
    tariff_id varchar,
    content_hash varchar,
    payment_method varchar,
    payment_certainty varchar,
    state varchar not null,
    state_reason varchar,
    flags varchar,
    currency varchar,
    tax_basis varchar,
    price_per_kwh decimal(18, 6),
    session_ac_total decimal(18, 4),
    session_dc_total decimal(18, 4),
    session_hpc_total decimal(18, 4),
    session_idle_total decimal(18, 4),
    changed_at timestamp not null,
    synthetic boolean not null,
);
comment on table mart.offer_by_cell is
    'mart.offer sorted by place, for questions about what is near; offers without a position are not in it';
comment on column mart.offer_by_cell.cell is
    'floor((latitude + 90) * 10) * 3600 + floor((longitude + 180) * 10); 0.1 degrees wide';
