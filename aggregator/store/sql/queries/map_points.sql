-- At most $most places to draw: the cheapest hundred always, the others evenly by a stable digest.
with place as (
    select
        location_no,
        max(max_power_kw) as max_power_kw,
        min(tax_rank) filter (where is_comparable and total is not null and currency = $currency)
            as tax_rank,
        arg_min(total, (tax_rank, total)) filter (where is_comparable and currency = $currency)
            as total,
        bool_or(
            state = 'priced' and is_comparable and total is not null and currency = $currency
        ) as is_priced,
    from memory.main.chosen($country, $standard, $power, $methods, $session, $least_kw, $without_flagged)
    group by location_no
),
placed as (
    select
        place.*,
        location.name as location_name,
        location.operator_name,
        location.latitude,
        location.longitude,
        md5(location.feed || location.location_id) as chance,
    from place
    inner join mart.location as location using (location_no)
    where location.latitude is not null and location.longitude is not null
),
ranked as (
    select
        *,
        tax_rank = min(tax_rank) filter (where is_priced) over () as is_judged,
        row_number() over (order by tax_rank nulls last, total nulls last, chance) as by_price,
        row_number() over (order by chance) as by_chance,
        count(*) over () as places,
    from placed
)
select location_name, operator_name, latitude, longitude, max_power_kw, total, is_judged, places
from ranked
qualify row_number() over (order by by_price > 100, by_chance) <= $most
order by total desc nulls first;
