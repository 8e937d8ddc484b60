-- What the chosen offers come to: totals over paid stations (those with tax, where there are any), how many are free, and how many
-- locations have no price.
with offer as (
    select *
    from memory.main.chosen($country, $standard, $power, $methods, $session, $least_kw, $without_flagged)
),
station as (
    select
        location_no,
        max_power_kw,
        state,
        total,
        price_per_kwh,
        tax_basis,
        tax_rank,
        bool_or(flags is not null) as is_flagged,
    from offer
    where is_comparable and total is not null and currency = $currency
    group by all
),
judged as (
    select total, price_per_kwh
    from station
    where state = 'priced'
    qualify tax_rank = min(tax_rank) over ()
),
place as (
    select
        location_no,
        bool_or(is_comparable and total is not null) as is_priced,
    from offer
    group by location_no
)
select
    (select count(*) from station) as stations,
    (select count(*) from station where state = 'free') as free_stations,
    (select count(*) from judged) as judged_stations,
    (select min(total) from judged) as cheapest,
    (select quantile_disc(total, 0.5) from judged) as typical,
    (select quantile_disc(price_per_kwh, 0.5) from judged) as typical_per_kwh,
    (select max(total) from judged) as dearest,
    (select count(*) from station where is_flagged) as flagged,
    (select count(*) from station where tax_basis = 'derived') as tax_derived,
    (select count(*) from station where tax_basis = 'net') as without_tax,
    (select count(*) from station where tax_basis = 'unknown') as tax_not_stated,
    (select count(*) from place) as places,
    (select count(*) from place where not is_priced) as places_without_price;
