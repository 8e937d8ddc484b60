insert into mart.location by name
select * exclude (location_no, tax_country)
from temp.current_location
order by feed, country_code, party_id, location_id;
