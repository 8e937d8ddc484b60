-- What has to be priced: each distinct price list, time zone, reference session and rate by law once, what
-- is asked of one price list together.
select
    asked.content_hash,
    asked.time_zone,
    asked.session_code,
    asked.vat_rate,
    asked.vat_source,
    tariff.price_list,
from (
    select distinct
        named_tariff.content_hash,
        location.time_zone,
        connector.session_code,
        law.vat_rate,
        law.vat_source,
    from temp.link as link
    inner join temp.named_tariff as named_tariff using (named_no)
    inner join temp.current_location as location using (location_no)
    inner join temp.current_connector as connector using (connector_no)
    left join temp.vat_law as law
        on named_tariff.lacks_rate
        and law.country = location.tax_country
        and law.region_1 is not distinct from location.region_1
        and law.party = location.country_code || '*' || location.party_id
    where link.is_valid
) as asked
inner join (
    select content_hash, any_value(price_list) as price_list
    from core.tariff
    group by content_hash
) as tariff using (content_hash)
order by
    asked.content_hash, asked.vat_rate, asked.vat_source, asked.time_zone, asked.session_code;
