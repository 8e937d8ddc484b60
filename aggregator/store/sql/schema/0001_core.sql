-- core: what was received, kept in versions. A row is one version of one record:
-- valid_from (ours, UTC) until valid_to; the current version has valid_to null.
-- digest covers the content without the operator's own clock, which many feeds touch on every request.
create schema core;

create table core.feed (
    feed varchar not null,
    name varchar not null,
    ocpi_version varchar,
    licence varchar,
    attribution varchar,
    source_url varchar,
    every_seconds bigint,
    verified boolean not null,
    synthetic boolean not null,
);

-- When every current record of a feed's module was last received in one run.
create table core.module (
    feed varchar not null,
    module varchar not null,
    all_seen_at timestamp not null,
);

create table core.location (
    feed varchar not null,
    country_code varchar not null,
    party_id varchar not null,
    location_id varchar not null,
    publish boolean not null,
    name varchar,
    address varchar,
    city varchar,
    postal_code varchar,
    country varchar,
    latitude decimal(10, 7),
    longitude decimal(10, 7),
    time_zone varchar,
    operator_name varchar,
    operator_last_updated timestamp,
    digest varchar not null,
    first_seen_at timestamp not null,
    valid_from timestamp not null,
    valid_to timestamp,
);

create table core.evse (
    feed varchar not null,
    country_code varchar not null,
    party_id varchar not null,
    location_id varchar not null,
    evse_uid varchar not null,
    evse_id varchar,
    capabilities varchar[] not null,
    physical_reference varchar,
    operator_last_updated timestamp,
    digest varchar not null,
    first_seen_at timestamp not null,
    valid_from timestamp not null,
    valid_to timestamp,
);

-- Status changes far more often than anything else, so it has versions of its own.
create table core.evse_status (
    feed varchar not null,
    country_code varchar not null,
    party_id varchar not null,
    location_id varchar not null,
    evse_uid varchar not null,
    status varchar,
    operator_last_updated timestamp,
    digest varchar not null,
    first_seen_at timestamp not null,
    valid_from timestamp not null,
    valid_to timestamp,
);

create table core.connector (
    feed varchar not null,
    country_code varchar not null,
    party_id varchar not null,
    location_id varchar not null,
    evse_uid varchar not null,
    connector_id varchar not null,
    standard varchar,
    format varchar,
    power_type varchar,
    max_power_kw decimal(9, 3),
    max_power_source varchar,
    tariff_ids varchar[] not null,
    operator_last_updated timestamp,
    digest varchar not null,
    first_seen_at timestamp not null,
    valid_from timestamp not null,
    valid_to timestamp,
);

create table core.tariff (
    feed varchar not null,
    country_code varchar not null,
    party_id varchar not null,
    tariff_id varchar not null,
    tariff_type varchar,
    currency varchar not null,
    price_basis varchar not null,
    price_list varchar not null,
    content_hash varchar not null,
    alt_text varchar,
    alt_url varchar,
    start_date_time timestamp,
    end_date_time timestamp,
    operator_last_updated timestamp,
    digest varchar not null,
    first_seen_at timestamp not null,
    valid_from timestamp not null,
    valid_to timestamp,
);

create table core.run (
    run_id varchar not null,
    feed varchar not null,
    started_at timestamp not null,
    finished_at timestamp not null,
    outcome varchar not null,
    message varchar,
    documents bigint not null,
    bytes bigint not null,
);

create table core.run_count (
    run_id varchar not null,
    object_type varchar not null,
    received bigint not null,
    kept bigint not null,
    rejected bigint not null,
    duplicates bigint not null,
    new bigint not null,
    changed bigint not null,
    ended bigint not null,
);

create table core.rejection (
    run_id varchar not null,
    feed varchar not null,
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

create table core.note (
    run_id varchar not null,
    feed varchar not null,
    object_type varchar not null,
    json_path varchar not null,
    note_code varchar not null,
    note varchar not null,
    occurrences bigint not null,
    example varchar,
);
