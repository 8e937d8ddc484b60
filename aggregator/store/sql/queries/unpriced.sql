-- Locations without a price for the chosen way to pay, with the reason.
with place as (
    select
        feed,
        country_code,
        party_id,
        location_id,
        any_value(location_name) as location_name,
        any_value(operator_name) as operator_name,
        any_value(city) as city,
        any_value(latitude) as latitude,
        any_value(longitude) as longitude,
        max(max_power_kw) as max_power_kw,
        case
            when bool_or(is_comparable) then 'no_price_applies'
            when bool_or(state in ('priced', 'free')) then 'other_payment'
            else mode(coalesce(state_reason, 'unknown'))
        end as reason,
    from memory.main.chosen($country, $standard, $power, $methods, $session, $least_kw, $without_flagged)
    group by feed, country_code, party_id, location_id
    having not bool_or(is_comparable and total is not null)
)
select
    location_name,
    operator_name,
    city,
    latitude,
    longitude,
    max_power_kw,
    reason,
    count(*) over (partition by reason) as places_with_reason,
from place
order by places_with_reason desc, reason, location_name, location_id
limit $limit;
