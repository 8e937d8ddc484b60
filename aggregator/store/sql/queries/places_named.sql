-- Places by the beginning of their name or postcode, then by that of a later word of it. $key, $match_key and
-- $postal_key: of the text that is looked for, as in mart.place; $code: beginning of a code, of postcodes that
-- are written with their country. What has been folded holds no sign that could mean something else.
with found as (
    select
        *,
        case
            when kind = 'postal_code' then
                if(starts_with(search_key, $postal_key) or starts_with(place, $code), 0, null)
            when starts_with(search_key, $key) then 0
            when starts_with(match_key, $match_key) then 1
            when contains(search_key, ' ' || $key) or contains(match_key, ' ' || $match_key) then 2
        end as match_rank,
    from mart.place
),
first as (
    select *
    from found
    where match_rank is not null
    order by
        match_rank,
        country is not distinct from $country desc,
        locations desc,
        kind,
        name,
        place
    limit $limit
)
select
    first.* exclude (search_key, match_key, match_rank),
    if(match_rank < 2, 'beginning', 'word') as found_by,
    (
        select min(region.name)
        from mart.region as region
        where region.level = 'region_1' and region.region = first.region_1
    ) as region_1_name,
from first
order by
    match_rank,
    country is not distinct from $country desc,
    locations desc,
    kind,
    name,
    place;
