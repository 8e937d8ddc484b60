-- Locations without a price for the chosen way to pay, with the reason, the nearest first; other_methods: ways to
-- pay for which they have one.
with place as (
    select
        location_no,
        max(max_power_kw) as max_power_kw,
        min(distance_km) as distance_km,
        coalesce(
            min(reason) filter (where is_paid_so),
            if(bool_or(reason = 'other_payment'), 'other_payment', min(reason))
        ) as reason,
        list(payment_method) filter (where reason = 'other_payment') as other_methods,
    from temp.view_priced
    group by location_no
    having not bool_or(is_priced)
)
select
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
    place.max_power_kw,
    place.distance_km,
    place.reason,
    place.other_methods,
from place
inner join mart.location as location using (location_no)
order by
    place.distance_km nulls last,
    place.reason,
    location.name,
    location.location_id,
    location.feed,
    location.country_code,
    location.party_id
limit $limit;
