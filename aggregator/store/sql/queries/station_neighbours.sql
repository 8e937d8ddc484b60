-- What other locations within $radius_km (great circle) offer in one power class, currency and the ways
-- to pay in $methods: one row per location, price list and power; the nearest first. An EVSE that several
-- feeds have is there once; doubtful offers and those without a price are left out.
with near as (
    select
        location_no,
        feed,
        country_code,
        party_id,
        location_id,
        name as location_name,
        operator_name,
        address,
        time_zone,
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
        and location_no <> $location_no
)
select distinct
    near.*,
    offer_row.max_power_kw,
    offer_row.power_class,
    connector.power_type,
    tariff.content_hash,
    quote.vat_rate,
    headline.state,
from near
inner join mart.offer_row as offer_row using (location_no)
inner join mart.connector as connector using (connector_no)
inner join mart.offered_tariff as tariff using (named_no)
inner join mart.headline as headline on headline.quote_no = offer_row.quote_no
inner join mart.quote as quote on quote.quote_no = offer_row.quote_no
where
    near.distance_km <= $radius_km
    and offer_row.preferred_feed is null
    and offer_row.flags is null
    and offer_row.power_class = $power_class
    and headline.state in ('priced', 'free')
    and tariff.currency = $currency
    and list_contains($methods::varchar[], offer_row.payment_method)
order by
    near.distance_km,
    near.feed,
    near.country_code,
    near.party_id,
    near.location_id,
    offer_row.max_power_kw,
    tariff.content_hash,
    quote.vat_rate
limit $limit;
