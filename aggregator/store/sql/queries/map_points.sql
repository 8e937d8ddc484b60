-- At most $most places to draw: the cheapest hundred always, the others evenly by a stable digest.
with place as (
    select
        feed,
        location_id,
        any_value(location_name) as location_name,
        any_value(operator_name) as operator_name,
        any_value(latitude) as latitude,
        any_value(longitude) as longitude,
        max(max_power_kw) as max_power_kw,
        min(tax_rank) filter (where is_comparable and total is not null and currency = $currency)
            as tax_rank,
        arg_min(total, (tax_rank, total)) filter (where is_comparable and currency = $currency)
            as total,
        bool_or(
            state = 'priced' and is_comparable and total is not null and currency = $currency
        ) as is_priced,
    from memory.main.chosen($country, $standard, $power, $methods, $session, $least_kw, $without_flagged)
    where latitude is not null and longitude is not null
    group by feed, country_code, party_id, location_id
),
ranked as (
    select
        *,
        tax_rank = min(tax_rank) filter (where is_priced) over () as is_judged,
        row_number() over (order by tax_rank nulls last, total nulls last, md5(feed || location_id)) as by_price,
        row_number() over (order by md5(feed || location_id)) as by_chance,
        count(*) over () as places,
    from place
)
select location_name, operator_name, latitude, longitude, max_power_kw, total, is_judged, places
from ranked
qualify row_number() over (order by by_price > 100, by_chance) <= $most
order by total desc nulls first;
