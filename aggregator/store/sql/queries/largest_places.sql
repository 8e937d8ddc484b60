-- Towns of a country, or of all where it is null, those with most locations first.
select place.* exclude (search_key, match_key)
from mart.place as place
where kind = 'city' and ($country::varchar is null or country = $country)
order by locations desc, rowid
limit $limit;
