-- mart.offer_row: one row per connector x tariff x payment method, by numbers: what mart.offer is put together
-- from. In the order of locations, with what people choose by. Times are UTC.
create table mart.offer_row (
    location_no bigint not null,
    connector_no bigint not null,
    named_no bigint not null,
    quote_no integer,
    payment_method varchar,
    payment_certainty varchar,
    flags varchar,
    preferred_feed varchar,
    is_preferred_doubtful boolean not null,
    country varchar,
    region_1 varchar,
    power_class varchar,
    max_power_kw decimal(9, 3),
    connector_standard varchar,
    changed_at timestamp not null,
    last_seen_at timestamp not null,
);
comment on column mart.offer_row.is_preferred_doubtful is
    'whether every offer like it that goes first is doubtful and this one, the next, is not: count it where doubtful ones are left out';
comment on column mart.offer_row.named_no is 'of mart.offered_tariff';
comment on column mart.offer_row.quote_no is 'mart.quote and mart.session_total: how the prices came about; null without a usable tariff';
