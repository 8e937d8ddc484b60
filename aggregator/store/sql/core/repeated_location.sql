-- temp.repeated_location: locations that came more than once, or hold something twice.
create or replace temp table repeated_location as
select country_code, party_id, location_id from temp.duplicate_location
union
select country_code, party_id, location_id from temp.duplicate_evse
union
select country_code, party_id, location_id from temp.duplicate_connector;
