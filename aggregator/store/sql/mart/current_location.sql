-- temp.current_location: one row per location that may be shown, with its clock, country and regions.
-- location_no: stands for its key here, because numbers are joined faster than texts; in the order of
-- countries and cells 0.1 degrees wide, so that what is asked for together stands together.
-- tax_country: where it is taxed; null unless record and position both tell, and agree.
create or replace temp table current_location as
select
    (
        floor((location.latitude::double + 90) * 10) * 3600
        + floor((location.longitude::double + 180) * 10)
    )::integer as cell,
    row_number() over (
        order by
            coalesce(location.country, position.country),
            cell,
            location.feed,
            location.country_code,
            location.party_id,
            location.location_id
    ) as location_no,
    location.feed,
    location.country_code,
    location.party_id,
    location.location_id,
    location.name,
    location.operator_name,
    location.address,
    location.city,
    location.postal_code,
    coalesce(location.country, position.country) as country,
    location.country as country_stated,
    position.country as country_by_position,
    coalesce(country_match.country_match, 'unknown') as country_match,
    if(country_match.country_match = 'agrees', position.country, null) as tax_country,
    position.region_1,
    position.region_2,
    location.latitude::double as latitude,
    location.longitude::double as longitude,
    place.time_zone,
    place.time_zone_source,
    nullif(location.opening_times, []) as opening_times,
    location.operator_last_updated,
    location.first_seen_at,
    greatest(location.valid_from, coalesce(module.all_seen_at, location.valid_from))
        as last_seen_at,
    location.valid_from as changed_at,
from core.location as location
left join temp.place as place
    on place.stated_time_zone is not distinct from location.time_zone
    and place.latitude is not distinct from location.latitude::double
    and place.longitude is not distinct from location.longitude::double
left join core.position as position
    on position.latitude = location.latitude::double
    and position.longitude = location.longitude::double
left join temp.country_match as country_match
    on country_match.stated is not distinct from location.country
    and country_match.country is not distinct from position.country
    and country_match.region_1 is not distinct from position.region_1
left join core.module as module
    on module.feed = location.feed and module.module = 'locations'
where location.valid_to is null and location.publish;
