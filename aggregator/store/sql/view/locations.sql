-- Every location, by number. opening_times: parted by spaces. by_chance: in the order of this number they are in none; it stays the same.
select
    location_no::integer as location_no,
    country,
    latitude,
    longitude,
    feed,
    country_code,
    party_id,
    location_id,
    name as location_name,
    operator_name,
    address,
    city,
    time_zone,
    array_to_string(opening_times, ' ') as opening_times,
    md5_number_lower(feed || location_id) as by_chance,
from mart.location
order by location_no;
