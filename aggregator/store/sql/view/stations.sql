-- One row per location, power and total, cheapest first, or the nearest; those without tax behind those with it. is_judged: its
-- total may be compared with the typical one. Ties are broken by distance, then by name: the operator never decides.
-- quote_no: the price list of one of its offers, to show how the total comes about; offers_of_methods, flags and
-- connector_nos: one of each offer.
with station as (
    select
        location_no,
        max_power_kw,
        total,
        tax_basis,
        tax_rank,
        is_free,
        is_dc,
        power_w,
        minutes,
        min(quote_no) as quote_no,
        min(distance_km) as distance_km,
        any_value(fee_after_minutes) as fee_after_minutes,
        bool_or(price_varies) as price_varies,
        list(payment_method) as methods,
        bool_or(payment_certainty = 'likely') as is_likely,
        list(connector_standard) as standards,
        list(connector_no) as connector_nos,
        list(flags) as flags,
        max(changed_at) as changed_at,
        max(last_seen_at) as last_seen_at,
    from temp.view_priced
    where is_priced and currency = $currency
    group by all
)
select
    station.* exclude (location_no),
    location.feed,
    location.country_code,
    location.party_id,
    location.location_id,
    location.name as location_name,
    location.operator_name,
    location.address,
    location.city,
    location.latitude,
    location.longitude,
    station.tax_rank = min(station.tax_rank) filter (where not station.is_free) over () as is_judged,
from station
inner join mart.location as location using (location_no)
order by
    if($by_distance, station.distance_km, null) nulls last,
    station.tax_rank,
    station.total,
    station.distance_km nulls last,
    location.name,
    location.location_id,
    station.max_power_kw,
    location.feed,
    location.country_code,
    location.party_id,
    station.tax_basis,
    station.is_dc
limit $limit;
