-- The place of a code, or none.
select
    place.* exclude (search_key, match_key),
    (
        select min(region.name)
        from mart.region as region
        where region.level = 'region_1' and region.region = place.region_1
    ) as region_1_name,
from mart.place as place
where place.place = $place;
