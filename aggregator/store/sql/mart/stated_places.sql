-- Towns and postcodes as locations with a position state them: one row per kind, country and spelling.
select distinct 'city' as kind, country, city as stated
from temp.current_location
where cell is not null and country is not null and city is not null
union all
select distinct 'postal_code', country, postal_code
from temp.current_location
where cell is not null and country is not null and postal_code is not null
order by all;
