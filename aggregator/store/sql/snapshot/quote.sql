-- mart.quote: how prices came about: one row per distinct price list, time zone, reference session and
-- rate of VAT that was added by law.
create table mart.quote (
    quote_no integer not null,
    content_hash varchar not null,
    time_zone varchar,
    session_code varchar not null,
    currency varchar not null,
    state varchar not null,
    state_reason varchar,
    tax_basis varchar,
    vat_rate decimal(7, 6),
    vat_source varchar,
    price_excl_vat_per_kwh decimal(18, 6),
    price_incl_vat_per_kwh decimal(18, 6),
    price_excl_vat_per_minute decimal(18, 6),
    price_incl_vat_per_minute decimal(18, 6),
    parking_price_excl_vat_per_minute decimal(18, 6),
    parking_price_incl_vat_per_minute decimal(18, 6),
    start_fee_excl_vat decimal(18, 6),
    start_fee_incl_vat decimal(18, 6),
    cheapest_hour tinyint,
    cheapest_hour_total decimal(18, 4),
    dearest_hour tinyint,
    dearest_hour_total decimal(18, 4),
);
comment on table mart.quote is
    'how prices came about: one row per price list, time zone, reference session and rate of VAT by law';
comment on column mart.quote.quote_no is 'of mart.offer; counted anew in every snapshot';
comment on column mart.quote.session_code is 'the session (mart.session) whose start decides the prices';
comment on column mart.quote.vat_rate is
    'the rate that was added by law, 0.2 is 20 %; null where the operator states the rates, or none may be added';
comment on column mart.quote.vat_source is 'where that rate stands';
comment on column mart.quote.cheapest_hour is
    'hour of the week, 0 is Monday 00:00 local time, in which the session costs least (the first such); null when the time changes nothing';
comment on column mart.quote.cheapest_hour_total is 'currency; what the session costs then; tax as tax_basis says';
comment on column mart.quote.dearest_hour is
    'hour of the week, 0 is Monday 00:00 local time, in which the session costs most (the first such); null when the time changes nothing';
comment on column mart.quote.dearest_hour_total is 'currency; what the session costs then; tax as tax_basis says';

-- mart.session: the sessions by which prices are compared (data/reference/sessions.csv).
create table mart.session (
    session_code varchar not null,
    energy_kwh decimal(12, 3) not null,
    charging_minutes decimal(12, 3) not null,
    parking_minutes decimal(12, 3) not null,
    start_weekday varchar not null,
    start_time time not null,
);
comment on column mart.session.start_time is 'local time of the charger';

-- mart.session_total: one row per quote and session that the price list has a price for.
create table mart.session_total (
    quote_no integer not null,
    session_code varchar not null,
    total decimal(18, 4) not null,
    total_excl_vat decimal(18, 4),
    total_incl_vat decimal(18, 4),
    effective_price_per_kwh decimal(18, 6),
    effective_price_per_minute decimal(18, 6),
);
comment on column mart.session_total.quote_no is 'of mart.offer and mart.quote';
comment on column mart.session_total.session_code is 'of mart.session';
comment on column mart.session_total.total is 'currency of the quote; tax as its tax_basis says';
comment on column mart.session_total.total_excl_vat is 'currency of the quote, without tax; null where that is not known';
comment on column mart.session_total.total_incl_vat is 'currency of the quote, with tax; null where that is not known';
comment on column mart.session_total.effective_price_per_kwh is
    'currency / kWh: total by energy; null for a session without energy';
comment on column mart.session_total.effective_price_per_minute is
    'currency / minute: total by minutes of charging and parking; null for a session without any';
