-- Towns by the beginning of their name: those that begin as it was typed, then those that only do when umlauts are
-- written otherwise. $match_key and $match_key_end: bounds, because the table is sorted by kind and match_key.
select
    place.* exclude (search_key, match_key),
    'beginning' as found_by,
from mart.place as place
where kind = 'city' and match_key >= $match_key and match_key < $match_key_end
order by
    not starts_with(search_key, $key),
    country is not distinct from $country desc,
    locations desc,
    rowid
limit $limit;
