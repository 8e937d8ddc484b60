-- Towns of a country, or of all where it is null, those with most locations first.
with largest as (
    select *
    from mart.place
    where kind = 'city' and ($country::varchar is null or country = $country)
    order by locations desc, name, place
    limit $limit
)
select
    largest.* exclude (search_key, match_key),
    (
        select min(region.name)
        from mart.region as region
        where region.level = 'region_1' and region.region = largest.region_1
    ) as region_1_name,
from largest
order by locations desc, name, place;
