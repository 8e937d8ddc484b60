-- mart.connector: one row per connector of a location that may be shown. Times are UTC.
create table mart.connector (
    connector_no bigint not null,
    location_no bigint not null,
    feed varchar not null,
    country_code varchar not null,
    party_id varchar not null,
    location_id varchar not null,
    evse_uid varchar not null,
    evse_id varchar,
    connector_id varchar not null,
    connector_standard varchar,
    connector_format varchar,
    power_type varchar,
    max_power_kw decimal(9, 3),
    max_power_source varchar,
    power_class varchar,
    status varchar,
    capabilities varchar[],
    accepted_service_providers varchar[],
    connector_capabilities varchar[],
    acceptance_no integer,
    tariff_ids varchar[],
    operator_last_updated timestamp,
    first_seen_at timestamp not null,
    last_seen_at timestamp not null,
    changed_at timestamp not null,
);
comment on column mart.connector.max_power_kw is 'kW; null when neither stated nor computable';
comment on column mart.connector.max_power_source is 'declared, declared_in_kw (the watt field held kW) or computed (volt x ampere)';
comment on column mart.connector.power_class is 'ac (AC up to 22 kW), mid (22 to 50 kW), dc (50 to 149 kW), hpc (150 kW and more)';
