-- The places within $radius_km (great circle) of a point: one row per location, power and price, cheapest first. Prices
-- of different currencies are not compared: those in the most frequent currency stand first, and in each
-- those with tax before those without. What no total is known of stands behind everything else.
-- Ties are broken by name, then by id. Offers are sorted by location and locations by country and cell, so
-- that the range of cells, all of them between two latitudes, leaves little to read; bounds in degrees leave
-- little to measure. methods, flags and connector_nos: one of each offer, to be tidied for the rows that are shown.
with near as (
    select
        location_no,
        {
            feed: feed,
            country_code: country_code,
            party_id: party_id,
            location_id: location_id,
            location_name: name,
            operator_name: operator_name,
            latitude: latitude,
            longitude: longitude
        } as location,
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
    from mart.location
    where
        cell between $first_cell and $last_cell
        and latitude between $south and $north
        and longitude between $west and $east
),
around as (
    select
        offer_row.location_no,
        offer_row.connector_no,
        offer_row.payment_method,
        offer_row.flags,
        offer_row.max_power_kw,
        near.distance_km,
        near.location,
        tariff.currency,
        headline.tax_basis,
        coalesce(
            tariff.missing_because,
            headline.state_reason,
            if(headline.state in ('priced', 'free'), 'no_price_applies', null)
        ) as state_reason,
        case
            when headline.state not in ('priced', 'free') then null
            when $session = 'ac' then headline.session_ac_total
            when $session = 'hpc' then headline.session_hpc_total
            when $session = 'idle' then headline.session_idle_total
            else headline.session_dc_total
        end as total,
    from near
    inner join mart.offer_row as offer_row using (location_no)
    inner join mart.offered_tariff as tariff using (named_no)
    left join mart.headline as headline using (quote_no)
    where
        near.distance_km <= $radius_km
        and (
            offer_row.preferred_feed is null
            or ($without_flagged and offer_row.is_preferred_doubtful)
        )
        and (not $without_flagged or offer_row.flags is null)
        and (offer_row.max_power_kw is null or offer_row.max_power_kw >= $least_kw)
        and (
            offer_row.payment_method is null
            or list_contains($methods::varchar[], offer_row.payment_method)
        )
),
place as (
    select
        location_no,
        max_power_kw,
        currency,
        total,
        tax_basis,
        min(distance_km) as distance_km,
        any_value(location) as location,
        list(payment_method) as methods,
        min(state_reason) filter (where total is null) as state_reason,
        list(flags) as flags,
        list(connector_no) as connector_nos,
    from around
    group by location_no, max_power_kw, currency, total, tax_basis
)
select
    place.* exclude (location_no, location),
    unnest(place.location),
from place
order by
    place.total is null,
    count(place.total) over (partition by place.currency) desc,
    place.currency,
    coalesce(place.tax_basis, '') not in ('gross', 'derived'),
    place.total,
    place.location.location_name,
    place.location.feed,
    place.location.country_code,
    place.location.party_id,
    place.location.location_id,
    place.max_power_kw
limit $limit;
