-- temp.quote: what each distinct price list asks, by time zone and reference session.
create or replace temp table quote (
    content_hash varchar,
    time_zone varchar,
    session_code varchar,
    state varchar,
    state_reason varchar,
    tax_basis varchar,
    price_per_kwh decimal(18, 6),
    price_per_minute decimal(18, 6),
    parking_price_per_minute decimal(18, 6),
    start_fee decimal(18, 6),
    price_varies boolean,
    fee_after_minutes integer,
    session_ac_total decimal(18, 4),
    session_dc_total decimal(18, 4),
    session_hpc_total decimal(18, 4),
);
