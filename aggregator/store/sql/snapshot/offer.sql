-- mart.offer: one row per connector x tariff x payment method; a connector without a usable
-- tariff has one row that says why. This is the row that people compare.
-- Prices: tax included wherever tax_basis is gross or derived, else as stated. Times are UTC.
create table mart.offer (
    feed varchar not null,
    country_code varchar not null,
    party_id varchar not null,
    operator varchar,
    operator_name varchar,
    location_id varchar not null,
    location_name varchar,
    evse_uid varchar not null,
    evse_id varchar,
    preferred_feed varchar,
    connector_id varchar not null,
    connector_standard varchar,
    power_type varchar,
    max_power_kw decimal(9, 3),
    power_class varchar,
    latitude double,
    longitude double,
    country varchar,
    region_1 varchar,
    region_2 varchar,
    city varchar,
    address varchar,
    postal_code varchar,
    time_zone varchar,
    tariff_id varchar,
    content_hash varchar,
    tariff_type varchar,
    payment_method varchar,
    payment_certainty varchar,
    quote_no integer,
    state varchar not null,
    state_reason varchar,
    flags varchar,
    currency varchar,
    tax_basis varchar,
    price_per_kwh decimal(18, 6),
    price_per_minute decimal(18, 6),
    parking_price_per_minute decimal(18, 6),
    start_fee decimal(18, 6),
    price_varies boolean,
    fee_after_minutes integer,
    effective_price_per_kwh decimal(18, 6),
    session_ac_total decimal(18, 4),
    session_dc_total decimal(18, 4),
    session_hpc_total decimal(18, 4),
    session_idle_total decimal(18, 4),
    operator_last_updated timestamp,
    first_seen_at timestamp not null,
    last_seen_at timestamp not null,
    changed_at timestamp not null,
    licence varchar,
    source_url varchar,
    synthetic boolean not null,
);
comment on column mart.offer.operator is
    'slug of the operator in data/operators; null when no file there knows the party or the name';
comment on column mart.offer.operator_name is
    'the name of that operator, else as the record states it, else as most records of the party do';
comment on column mart.offer.preferred_feed is
    'the feed that goes first and has the same EVSE with the same plug and way to pay: count one of both; else null';
comment on column mart.offer.country is 'ISO 3166-1 alpha-3 of the site';
comment on column mart.offer.region_1 is
    'code of the first sub-national level (mart.region), by position; null where none is shipped or there is no position';
comment on column mart.offer.region_2 is
    'code of the region in the first imported layer (mart.region), by position; null without one';
comment on column mart.offer.quote_no is 'mart.quote and mart.session_total: how the prices came about; null without a usable tariff';
comment on column mart.offer.flags is
    'codes of what is doubtful, separated by a blank, see mart.flag; null when nothing is. No value was changed because of one';
comment on column mart.offer.effective_price_per_kwh is
    'currency / kWh; the total of the reference session of the power class by its energy; tax as tax_basis says';
comment on column mart.offer.time_zone is 'IANA name, as stated or by position; null when neither tells';
comment on column mart.offer.content_hash is
    'SHA-256 of the price list (mart.tariff); null when there is no usable tariff';
comment on column mart.offer.payment_method is
    'card, app, contract, plug_and_charge, free, or ad_hoc (payable without a contract, way not stated); null without a tariff';
comment on column mart.offer.payment_certainty is 'yes, likely or not_stated';
comment on column mart.offer.state is 'priced, free, unknown or not_computable';
comment on column mart.offer.state_reason is 'code of the reason when state is unknown or not_computable';
comment on column mart.offer.tax_basis is
    'gross (tax included), derived (gross worked out with an inferred rate), net (tax not included, rate not stated), unknown (not told)';
comment on column mart.offer.price_per_kwh is
    'currency / kWh, at the start of the reference session of the power class; null when energy is not charged for';
comment on column mart.offer.price_per_minute is 'currency / minute of charging; null when charging time is not charged for';
comment on column mart.offer.parking_price_per_minute is
    'currency / minute parked after charging; null when parking is not charged for';
comment on column mart.offer.start_fee is 'currency / session; null when there is none';
comment on column mart.offer.price_varies is 'true when time of day, weekday, date, energy, power or duration change a price';
comment on column mart.offer.fee_after_minutes is
    'minutes into the session at which a charge per minute or a lump sum begins; null when none does';
comment on column mart.offer.session_ac_total is 'currency; 20 kWh in 2 h, then 2 h parked, Tuesday 18:00 local time';
comment on column mart.offer.session_dc_total is 'currency; 30 kWh in 40 min, Tuesday 18:00 local time';
comment on column mart.offer.session_hpc_total is 'currency; 40 kWh in 25 min, Tuesday 18:00 local time';
comment on column mart.offer.session_idle_total is 'currency; 40 kWh in 25 min, then 30 min parked, Tuesday 18:00 local time';
comment on column mart.offer.operator_last_updated is 'UTC; the operator''s own clock for the tariff, else for the connector';
comment on column mart.offer.first_seen_at is 'UTC; when this connector was first received';
comment on column mart.offer.last_seen_at is 'UTC; when it was last received';
comment on column mart.offer.changed_at is 'UTC; when connector or tariff last changed';
