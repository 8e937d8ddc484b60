-- mart.rate: what one unit of a currency of this snapshot buys of another, for every currency with rates.
create table mart.rate (
    currency varchar not null,
    to_currency varchar not null,
    rate decimal(38, 15),
    rate_date date,
    missing_because varchar,
);
comment on column mart.rate.currency is 'ISO 4217; a currency of a tariff in this snapshot';
comment on column mart.rate.to_currency is 'ISO 4217; what it is changed into';
comment on column mart.rate.rate is
    'what one unit of currency buys of to_currency, euro reference rates of the European Central Bank; null when there is none that may be used';
comment on column mart.rate.rate_date is 'the day the rate is of; where it is too old, the day of the last one';
comment on column mart.rate.missing_because is
    'unknown_currency, no_rate or too_old; null where there is a rate';
