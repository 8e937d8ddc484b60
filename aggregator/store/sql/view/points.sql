-- At most $most places to draw: the cheapest hundred always, the others evenly by a stable digest.
with place as (
    select
        location_no,
        max(max_power_kw) as max_power_kw,
        min(tax_rank) filter (where is_priced and currency = $currency) as tax_rank,
        arg_min(total, (tax_rank, total)) filter (where is_priced and currency = $currency) as total,
        bool_or(is_priced and not is_free and currency = $currency) as is_paid,
    from temp.view_priced
    group by location_no
),
ranked as (
    select
        place.*,
        location.feed,
        location.country_code,
        location.party_id,
        location.location_id,
        location.name as location_name,
        location.operator_name,
        location.latitude,
        location.longitude,
        place.tax_rank = min(place.tax_rank) filter (where place.is_paid) over () as is_judged,
        row_number() over (order by place.tax_rank nulls last, place.total nulls last, place.location_no)
            as by_price,
        row_number() over (order by md5(location.feed || location.location_id)) as by_chance,
        count(*) over () as places,
    from place
    inner join mart.location as location using (location_no)
    where location.latitude is not null and location.longitude is not null
)
select * exclude (location_no, tax_rank, by_price, by_chance)
from ranked
qualify row_number() over (order by by_price > 100, by_chance) <= $most
order by total desc nulls first;
