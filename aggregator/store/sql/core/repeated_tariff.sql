-- temp.repeated_tariff: tariffs that came more than once.
create or replace temp table repeated_tariff as
select distinct country_code, party_id, tariff_id from temp.duplicate_tariff;
