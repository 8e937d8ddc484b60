-- mart.tariff: one row per current tariff. Times are UTC.
create table mart.tariff (
    feed varchar not null,
    country_code varchar not null,
    party_id varchar not null,
    tariff_id varchar not null,
    tariff_type varchar,
    currency varchar not null,
    price_basis varchar not null,
    price_list json not null,
    content_hash varchar not null,
    alt_text json,
    alt_url varchar,
    start_date_time timestamp,
    end_date_time timestamp,
    operator_last_updated timestamp,
    first_seen_at timestamp not null,
    last_seen_at timestamp not null,
    changed_at timestamp not null,
);
comment on column mart.tariff.price_basis is 'NET, GROSS, NO_TAX or UNKNOWN: what the stated prices include';
comment on column mart.tariff.content_hash is 'SHA-256 of the price list; equal lists under many ids share it';
