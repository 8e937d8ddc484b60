-- temp.session: the sessions by which prices are compared.
create or replace temp table session (
    session_code varchar,
    energy_kwh decimal(12, 3),
    charging_minutes decimal(12, 3),
    parking_minutes decimal(12, 3),
    start_weekday varchar,
    start_time time,
);

-- temp.rate: what currencies buy of each other.
create or replace temp table rate (
    currency varchar,
    to_currency varchar,
    rate decimal(38, 15),
    rate_date date,
    missing_because varchar,
);
