-- mart.headline: what mart.offer shows of a quote, by its number.
create table mart.headline (
    quote_no integer not null,
    session_code varchar not null,
    currency varchar not null,
    state varchar not null,
    state_reason varchar,
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
);
comment on column mart.headline.session_code is 'the session (mart.session) whose start decides the prices';
