insert into mart.location by name
select
    location.feed,
    location.country_code,
    location.party_id,
    location.location_id,
    location.name,
    location.operator_name,
    location.address,
    location.city,
    location.postal_code,
    location.country,
    location.latitude,
    location.longitude,
    place.time_zone,
    place.time_zone_source,
    location.operator_last_updated,
    location.first_seen_at,
    greatest(location.valid_from, coalesce(module.all_seen_at, location.valid_from))
        as last_seen_at,
    location.valid_from as changed_at,
from warehouse.core.location as location
left join temp.place as place
    on place.stated_time_zone is not distinct from location.time_zone
    and place.latitude is not distinct from location.latitude::double
    and place.longitude is not distinct from location.longitude::double
left join warehouse.core.module as module
    on module.feed = location.feed and module.module = 'locations'
where location.valid_to is null and location.publish
order by location.feed, location.country_code, location.party_id, location.location_id;
