-- The places within $radius_km (great circle) of a point: one row per location, power and price, cheapest first. Prices
-- of different currencies are not compared: those in the most frequent currency stand first, and in each
-- those with tax before those without. What no total is known of stands behind everything else.
-- Ties are broken by name, then by id. The table is sorted by cell, so that the range of cells, all of
-- them between two latitudes, leaves little to read; bounds in degrees leave little to measure.
with around as (
    select
        *,
        2 * $earth_radius_km * asin(
            sqrt(
                least(
                    1,
                    sin(radians(latitude - $latitude) / 2) ** 2
                    + cos(radians($latitude)) * cos(radians(latitude))
                    * sin(radians(longitude - $longitude) / 2) ** 2
                )
            )
        ) as distance_km,
        case
            when state not in ('priced', 'free') then null
            when $session = 'ac' then session_ac_total
            when $session = 'hpc' then session_hpc_total
            when $session = 'idle' then session_idle_total
            else session_dc_total
        end as total,
    from mart.offer_by_cell
    where
        cell between $first_cell and $last_cell
        and latitude between $south and $north
        and longitude between $west and $east
        and preferred_feed is null
        and (not $without_flagged or flags is null)
        and (max_power_kw is null or max_power_kw >= $least_kw)
        and (payment_method is null or list_contains($methods::varchar[], payment_method))
),
place as (
    select
        feed,
        country_code,
        party_id,
        location_id,
        max_power_kw,
        currency,
        total,
        tax_basis,
        any_value(location_name) as location_name,
        any_value(operator_name) as operator_name,
        any_value(latitude) as latitude,
        any_value(longitude) as longitude,
        min(distance_km) as distance_km,
        list_sort(
            list_distinct(list(payment_method) filter (where payment_method is not null))
        ) as methods,
        any_value(
            coalesce(state_reason, if(state in ('priced', 'free'), 'no_price_applies', null))
        ) filter (where total is null) as state_reason,
        list_sort(list_distinct(flatten(list(string_split(flags, ' '))))) as flags,
        list_unique(list((evse_uid, connector_id))) as connectors,
    from around
    where distance_km <= $radius_km
    group by feed, country_code, party_id, location_id, max_power_kw, currency, total, tax_basis
),
usual as (
    select currency, count(total) as places_in_currency
    from place
    group by currency
)
select place.*
from place
left join usual using (currency)
order by
    total is null,
    places_in_currency desc,
    currency,
    coalesce(tax_basis, '') not in ('gross', 'derived'),
    total,
    location_name,
    feed,
    country_code,
    party_id,
    location_id,
    max_power_kw
limit $limit;
