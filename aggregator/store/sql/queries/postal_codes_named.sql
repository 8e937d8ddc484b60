-- Postcodes by their beginning, then those that were typed with their country. Names with _end: bounds, because the
-- table is sorted by kind and match_key, which of postcodes is their search_key.
with found as (
    select *, rowid as row_no, 0 as match_rank,
    from mart.place
    where kind = 'postal_code' and match_key >= $postal_key and match_key < $postal_key_end
    union all
    select *, rowid as row_no, 1 as match_rank,
    from mart.place
    where
        kind = 'postal_code'
        and match_key >= $postal_rest
        and match_key < $postal_rest_end
        and $stated_country <> ''
        and starts_with(place, $stated_country)
)
select
    found.* exclude (search_key, match_key, row_no, match_rank),
    'beginning' as found_by,
from found
order by match_rank, country is not distinct from $country desc, locations desc, row_no
limit $limit;
