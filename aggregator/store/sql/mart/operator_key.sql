-- Whose records are: each distinct party and stated name once.
select distinct country_code, party_id, operator_name
from temp.current_location;
