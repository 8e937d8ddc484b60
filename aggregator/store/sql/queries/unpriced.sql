-- Locations without a price for the chosen way to pay, with the reason.
with place as (
    select
        location_no,
        max(max_power_kw) as max_power_kw,
        case
            when bool_or(is_comparable) then 'no_price_applies'
            when bool_or(state in ('priced', 'free')) then 'other_payment'
            else mode(coalesce(tariff.missing_because, chosen.state_reason, 'unknown'))
        end as reason,
    from memory.main.chosen($country, $standard, $power, $methods, $session, $least_kw, $without_flagged) as chosen
    inner join mart.offered_tariff as tariff using (named_no)
    group by location_no
    having not bool_or(is_comparable and total is not null)
)
select
    location.name as location_name,
    location.operator_name,
    location.city,
    location.latitude,
    location.longitude,
    place.max_power_kw,
    place.reason,
    count(*) over (partition by place.reason) as places_with_reason,
from place
inner join mart.location as location using (location_no)
order by
    places_with_reason desc,
    place.reason,
    location.name,
    location.location_id,
    location.feed,
    location.country_code,
    location.party_id
limit $limit;
