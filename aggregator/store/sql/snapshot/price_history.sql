-- mart.price_list: one row per distinct price list that a tariff has or once had.
create table mart.price_list (
    content_hash varchar not null,
    price_list json not null,
    currency varchar not null,
    price_basis varchar not null,
    least_energy_price decimal(18, 6),
    most_energy_price decimal(18, 6),
);
comment on column mart.price_list.content_hash is 'SHA-256 of the price list; equal lists under many ids share it';
comment on column mart.price_list.price_basis is 'NET, GROSS, NO_TAX or UNKNOWN: what the stated prices include';
comment on column mart.price_list.least_energy_price is
    'currency / kWh as stated (see price_basis): the lowest of its energy components; null when it has none';
comment on column mart.price_list.most_energy_price is
    'currency / kWh as stated (see price_basis): the highest of its energy components; null when it has none';

-- mart.tariff_version: one row per version of a tariff since it was first seen. Times are UTC.
create table mart.tariff_version (
    feed varchar not null,
    country_code varchar not null,
    party_id varchar not null,
    tariff_id varchar not null,
    tariff_key varchar not null,
    content_hash varchar not null,
    tariff_type varchar,
    currency varchar not null,
    price_basis varchar not null,
    least_energy_price decimal(18, 6),
    most_energy_price decimal(18, 6),
    start_date_time timestamp,
    end_date_time timestamp,
    operator_last_updated timestamp,
    valid_from timestamp not null,
    valid_to timestamp,
);
comment on column mart.tariff_version.tariff_key is 'tariff_id in small letters: OCPI''s ids are the same in any case';
comment on column mart.tariff_version.least_energy_price is 'currency / kWh as stated; see mart.price_list';
comment on column mart.tariff_version.most_energy_price is 'currency / kWh as stated; see mart.price_list';
comment on column mart.tariff_version.start_date_time is 'UTC; from when the operator means it to hold; null when not stated';
comment on column mart.tariff_version.valid_from is 'UTC; when this version was first received';
comment on column mart.tariff_version.valid_to is 'UTC; when another version was received or the tariff was gone; null for the current one';

-- mart.link_version: which tariffs a connector named, for connectors that have named other ones too,
-- are gone or are not shown. One that is not here has named the same since it was first seen:
-- mart.connector. Times are UTC.
create table mart.link_version (
    feed varchar not null,
    country_code varchar not null,
    party_id varchar not null,
    location_id varchar not null,
    evse_uid varchar not null,
    connector_id varchar not null,
    tariff_ids varchar[] not null,
    valid_from timestamp not null,
    valid_to timestamp,
);
comment on column mart.link_version.valid_to is 'UTC; null for the current one';

-- mart.price_change: one row per tariff and moment at which its price list came, changed or went.
create table mart.price_change (
    feed varchar not null,
    country_code varchar not null,
    party_id varchar not null,
    tariff_id varchar not null,
    changed_at timestamp not null,
    change varchar not null,
    content_hash_before varchar,
    content_hash_after varchar,
    currency_before varchar,
    currency_after varchar,
    price_basis_before varchar,
    price_basis_after varchar,
    least_energy_price_before decimal(18, 6),
    least_energy_price_after decimal(18, 6),
    most_energy_price_before decimal(18, 6),
    most_energy_price_after decimal(18, 6),
);
comment on column mart.price_change.changed_at is 'UTC; when we received it, not when the operator decided it';
comment on column mart.price_change.change is 'new, changed, ended or returned';
comment on column mart.price_change.least_energy_price_before is 'currency / kWh as stated; see mart.price_list';
comment on column mart.price_change.least_energy_price_after is 'currency / kWh as stated; see mart.price_list';
