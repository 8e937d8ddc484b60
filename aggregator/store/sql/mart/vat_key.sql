-- Where a rate of VAT is asked from the law: each distinct place and party once.
select distinct
    location.tax_country as country,
    location.region_1,
    location.country_code || '*' || location.party_id as party,
from temp.link as link
inner join temp.named_tariff as named_tariff using (named_no)
inner join temp.current_location as location using (location_no)
where link.is_valid and named_tariff.lacks_rate and location.tax_country is not null;
