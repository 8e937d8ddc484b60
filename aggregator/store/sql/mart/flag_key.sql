-- What may be doubtful: each distinct price list, text and country once, what is asked of
-- one list and text together.
select asked.content_hash, asked.alt_text, asked.country, tariff.price_list,
from (
    select distinct named_tariff.content_hash, named_tariff.alt_text, location.tax_country as country
    from temp.link as link
    inner join temp.named_tariff as named_tariff using (named_no)
    inner join temp.current_location as location using (location_no)
    where link.is_valid
) as asked
inner join (
    select content_hash, any_value(price_list) as price_list
    from core.tariff
    group by content_hash
) as tariff using (content_hash)
order by asked.content_hash, asked.alt_text, asked.country;
