-- Towns whose name differs from $match_key by at most $most_edits letters that are wrong, missing, too many or
-- swapped. Distances are worked out only for names of about that length which begin or end as it does.
with near as (
    select
        *,
        damerau_levenshtein(match_key, $match_key) as edits,
    from mart.place
    where
        kind = 'city'
        and length(match_key) between $least_length and $most_length
        and (starts_with(match_key, $beginning) or ends_with(match_key, $ending))
),
first as (
    select *
    from near
    where edits between 1 and $most_edits
    order by edits, country is not distinct from $country desc, locations desc, name, place
    limit $limit
)
select
    first.* exclude (search_key, match_key, edits),
    'spelling' as found_by,
    (
        select min(region.name)
        from mart.region as region
        where region.level = 'region_1' and region.region = first.region_1
    ) as region_1_name,
from first
order by edits, country is not distinct from $country desc, locations desc, name, place;
