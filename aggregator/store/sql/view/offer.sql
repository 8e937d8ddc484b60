-- temp.view_offer: the offers that are looked at: in a country, or within $radius_km (great circle) of a point,
-- that the filters leave; all filters must hold. is_paid_so: whether it is one of the chosen ways to pay; the
-- others are kept, to say what else would have a price. is_dc: AC up to 22 kW is a class of its own, nothing
-- from 50 kW on is AC; between them, and where no power is known, the plug tells.
-- A car that takes no DC (or no AC) cannot be charged there. An EVSE that several feeds have is there once.
create or replace temp table view_offer as
with site as (
    select
        location_no,
        case when $latitude::double is not null then 2 * $earth_radius_km * asin(
            sqrt(
                least(
                    1,
                    sin(radians(latitude - $latitude::double) / 2) ** 2
                    + cos(radians($latitude::double)) * cos(radians(latitude))
                    * sin(radians(longitude - $longitude::double) / 2) ** 2
                )
            )
        ) end as distance_km,
    from mart.location
    where
        ($country::varchar is null or country = $country)
        and (
            $latitude::double is null
            or (
                cell between $first_cell and $last_cell
                and latitude between $south and $north
                and longitude between $west and $east
            )
        )
),
offer as (
    select
        offer_row.rowid as offer_no,
        offer_row.location_no,
        offer_row.connector_no,
        offer_row.named_no,
        offer_row.quote_no,
        offer_row.payment_method,
        offer_row.payment_certainty,
        offer_row.flags,
        offer_row.max_power_kw,
        offer_row.connector_standard,
        offer_row.changed_at,
        offer_row.last_seen_at,
        site.distance_km,
        coalesce(round(offer_row.max_power_kw * 1000)::integer, -1) as power_w,
        coalesce(list_contains($methods::varchar[], offer_row.payment_method), false) as is_paid_so,
        coalesce(
            offer_row.power_class in ('dc', 'hpc')
            or offer_row.power_class is distinct from 'ac'
            and regexp_matches(offer_row.connector_standard, 'COMBO|CHADEMO|CHAOJI|_DC$|TESLA|NACS|J3400|PANTOGRAPH'),
            false
        ) as is_dc,
    from site
    inner join mart.offer_row as offer_row using (location_no)
    where
        ($country::varchar is null or offer_row.country = $country)
        and ($latitude::double is null or site.distance_km <= $radius_km)
        and (
            offer_row.preferred_feed is null
            or ($without_flagged and offer_row.is_preferred_doubtful)
        )
        and (not $without_flagged or offer_row.flags is null)
        and ($standard::varchar is null or offer_row.connector_standard = $standard)
        and ($power::varchar is null or offer_row.power_class = $power)
        and ($least_kw::double = 0 or offer_row.max_power_kw >= $least_kw)
)
select *
from offer
where if(is_dc, $takes_dc, $takes_ac);
