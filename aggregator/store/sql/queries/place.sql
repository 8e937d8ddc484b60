-- The place of a code, or none.
select place.* exclude (search_key, match_key)
from mart.place as place
where place.place = $place;
