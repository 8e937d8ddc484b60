-- One row per location, power and price among the chosen offers, cheapest first; those without tax
-- behind those with it. is_judged: its total may be compared with the typical one.
-- Ties are broken by unit price, then by name: the operator never decides.
with station as (
    select
        location_no,
        max_power_kw,
        total,
        price_per_kwh,
        price_per_minute,
        parking_price_per_minute,
        start_fee,
        tax_basis,
        tax_rank,
        state,
        any_value(fee_after_minutes) as fee_after_minutes,
        bool_or(price_varies) as price_varies,
        list_sort(list(distinct payment_method)) as methods,
        bool_or(payment_certainty = 'likely') as is_likely,
        list_sort(list(distinct connector_standard)
            filter (where connector_standard is not null)) as standards,
        list_unique(list(connector_no)) as connectors,
        list_sort(list_distinct(flatten(list(string_split(flags, ' '))))) as flags,
        max(changed_at) as changed_at,
        max(last_seen_at) as last_seen_at,
    from memory.main.chosen($country, $standard, $power, $methods, $session, $least_kw, $without_flagged)
    where is_comparable and total is not null and currency = $currency
    group by all
)
select
    station.* exclude (location_no),
    location.location_id,
    location.name as location_name,
    location.operator_name,
    location.address,
    location.city,
    location.latitude,
    location.longitude,
    station.tax_rank = min(station.tax_rank) filter (where station.state = 'priced') over () as is_judged,
from station
inner join mart.location as location using (location_no)
order by
    station.tax_rank,
    station.total,
    station.price_per_kwh nulls last,
    location.name,
    location.location_id,
    station.max_power_kw,
    location.feed,
    location.country_code,
    location.party_id,
    station.tax_basis,
    station.state,
    station.price_per_minute,
    station.parking_price_per_minute,
    station.start_fee
limit $limit;
